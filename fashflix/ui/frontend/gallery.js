// A grid of products with a few buttons each; a tap on the photo, or its name, opens the details.

const SAID = { like: "Liked", pass: "Not for me", ignore: "Left out", forget: "Taken out of Saved" }
const BUTTONS = {
  like: (item, product, act) => iconButton("like", "Like " + product.name, () => act(item, product, "like")),
  pass: (item, product, act) => iconButton("pass", "Not for me: " + product.name, () => act(item, product, "pass")),
  similar: (item, product, act, open) => iconButton("similar", "More like this: " + product.name, () => open(product.id, true)),
  forget: (item, product, act) => {
    const button = iconButton("like forget", "Take out of Saved: " + product.name, () => act(item, product, "forget"))
    button.ariaPressed = "true"
    return button
  },
}
ICONS["like forget"] = ICONS.like

const makeItem = (product, actions, act, open) => {
  const item = element("li", "item"), frame = photoOf(product), bar = element("div", "actions")
  item.dataset.id = product.id
  frame.querySelectorAll("img").forEach((front) => { front.loading = "lazy" })
  if (product.other) frame.append(image(product.other, "", "other"))
  if (!act) { item.append(frame); return item }
  frame.classList.add("opens")
  frame.onclick = () => open(product.id, false)       // for fingers and mice; keys and screen readers have the name beneath
  const name = element("p", "name"), opener = element("button", "", product.name)
  opener.type = "button"
  opener.ariaLabel = "Details: " + product.name
  opener.onclick = () => open(product.id, false)
  name.append(opener)
  item.append(frame, name, factsOf(product))
  if (product.since) item.append(element("p", "why " + (product.cheaper ? "cheaper" : "quiet"), product.since))
  if (product.also) item.append(element("p", "why quiet", product.also))
  if (product.why) item.append(reasonsOf(product, act))
  bar.append(...actions.map((action) => BUTTONS[action](item, product, act, open)))
  if (product.url) bar.append(shopLink(product))
  item.append(bar)
  return item
}

// One line of why, which opens to the rest; each swipe named there can be left out.
const reasonsOf = (product, act) => {
  if (!product.reasons) return element("p", "why quiet", product.why)
  const why = element("details", "why quiet")
  why.append(element("summary", "", product.why))
  for (const reason of product.reasons) {
    why.append(element("p", "reason", reason.text))
    if (!reason.id) continue
    const button = element("button", "ignore", "Not because of this")
    button.type = "button"
    button.ariaLabel = "Not because of this: " + reason.text
    button.onclick = () => { button.disabled = true; act(null, { id: reason.id, name: reason.text }, "ignore") }
    why.append(button)
  }
  return why
}

export default function (component) {
  const { parentElement: root, data, setStateValue, setTriggerValue } = component
  let grid = root.querySelector(".grid"), spoken = root.querySelector(".spoken")
  if (!grid) {
    grid = element("ul", "grid")
    spoken = element("div", "spoken")
    spoken.setAttribute("aria-live", "polite")
    root.append(grid, spoken)
  }
  const act = data.small ? null : (item, product, action) => {
    if (item) item.classList.add("gone")
    spoken.textContent = `${SAID[action]}: ${product.name}`
    report(setStateValue, product.id, action)
  }
  const open = (id, similar) => setTriggerValue("open", { id, similar })
  grid.classList.toggle("small", Boolean(data.small))
  const again = settle(data), swiped = unsettled(), shown = new Map([...grid.children].map((item) => [item.dataset.key, item]))
  grid.replaceChildren(...data.products.filter((product) => !swiped.has(product.id)).map((product) => {
    const key = JSON.stringify([product, data.actions]), item = shown.get(key) || makeItem(product, data.actions, act, open)
    item.dataset.key = key
    item.classList.remove("gone")
    return item
  }))
  if (again) send(setStateValue)
}
