// Everything known of one product: larger photos side by side, what is stated, like, pass and the way to its shop.

const rowsOf = (product) => {
  const list = element("dl", "")
  for (const [label, value] of product.facts) list.append(element("dt", "", label), element("dd", "", value))
  return list
}

const moneyOf = (product) => {
  const line = element("p", "money")
  if (product.price) line.append(element("span", "price", product.price))
  if (product.was) line.append(element("span", "was quiet", product.was))
  return line
}

const wordButton = (className, words, pressed, onClick) => {
  const button = element("button", className, words)
  button.type = "button"
  button.ariaPressed = String(pressed)
  button.onclick = onClick
  return button
}

export default function (component) {
  const { parentElement: root, data, setStateValue } = component
  const product = data.product, again = settle(data), pending = outbox.pending.filter((event) => event.id === product.id).pop()
  const liked = pending ? pending.action === "like" : data.liked
  const act = (action) => {
    report(setStateValue, product.id, action)
    root.querySelector(".spoken").textContent = `${action === "like" ? "Liked" : "Not for me"}: ${product.name}`
    actions.querySelectorAll("button").forEach((button) => { button.ariaPressed = String(button.classList.contains(action)) })
    actions.querySelector(".like").classList.toggle("yes", action !== "like")
    actions.querySelector(".like").textContent = action === "like" ? "Liked" : "Like"
  }
  const detail = element("article", "detail"), views = element("div", "views")
  const side = element("div", "side"), actions = element("div", "actions")
  product.photos.slice(0, 4).forEach((photo, i) => views.append(image(photo, i ? product.name + ", another view" : product.name, "")))
  if (product.photos.length > 1) {
    views.tabIndex = 0
    views.setAttribute("role", "group")
    views.ariaLabel = "Photos"
  }
  side.append(element("h3", "name", product.name))
  if (product.price) side.append(moneyOf(product))
  if (product.stars) {
    const rating = element("p", "rating", product.stars)
    if (product.reviews) rating.append(element("span", "quiet", product.reviews))
    side.append(rating)
  }
  if (product.gone) side.append(element("p", "note", product.gone))
  actions.append(wordButton("like" + (liked === true ? "" : " yes"), liked === true ? "Liked" : "Like", liked === true, () => act("like")),
    wordButton("pass", "Not for me", liked === false, () => act("pass")))
  if (product.url) actions.append(shopLink(product))
  side.append(actions, rowsOf(product))
  if (product.note) side.append(element("p", "note", product.note))
  detail.append(views, side)
  const spoken = element("div", "spoken")
  spoken.setAttribute("aria-live", "polite")
  const former = root.querySelector(".detail"), isOther = former && former.dataset.id !== product.id
  const key = detail.dataset.key = JSON.stringify([product, data.epoch])
  detail.dataset.id = product.id
  if (!former || former.dataset.key !== key) {
    root.querySelectorAll(".detail, .spoken").forEach((old) => old.remove())
    root.append(detail, spoken)
  }
  if (isOther) {                                      // one went on to a product further down: begin at its top
    const name = detail.querySelector(".name")
    name.tabIndex = -1
    name.focus({ preventScroll: true })
    detail.scrollIntoView({ block: "center" })
  }
  if (again) send(setStateValue)
}
