// A link to be copied, or handed to the phone's own share sheet. The address is this app's own, wherever a proxy has mounted it.

export default function (component) {
  const { parentElement: root, data } = component
  const link = new URL(`shared?s=${data.code}`, home).href
  root.querySelector(".share")?.remove()
  const share = element("div", "share"), box = element("input", ""), said = element("span", "said")
  box.readOnly = true
  box.value = link
  box.ariaLabel = data.label
  box.onfocus = () => box.select()
  said.setAttribute("role", "status")
  const copy = element("button", "first", "Copy link")
  copy.type = "button"
  copy.onclick = async () => {
    try {
      await navigator.clipboard.writeText(link)
      said.textContent = "Copied."
    } catch {
      box.focus()
      said.textContent = "Selected: copy it now."
    }
  }
  share.append(box, copy)
  if (navigator.share) {
    const send = element("button", "", "Send")
    send.type = "button"
    send.onclick = () => navigator.share({ url: link }).catch(() => {})
    share.append(send)
  }
  share.append(said)
  root.append(share)
}
