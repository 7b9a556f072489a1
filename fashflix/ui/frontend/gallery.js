// A grid of products with a like and a pass button each.

const ICONS = {
  like: "M12 20s-7.5-4.6-9.3-9.2C1.5 7.6 3.6 4.5 6.8 4.5c2.2 0 3.9 1.2 5.2 3 1.3-1.8 3-3 5.2-3 3.2 0 5.3 3.1 4.1 6.3C19.5 15.4 12 20 12 20z",
  pass: "M6 6l12 12M18 6L6 18",
  similar: "M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13zM15.5 15.5L20 20",
}

const iconButton = (action, label, onClick) => {
  const button = element("button", action), svg = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path")
  svg.setAttribute("viewBox", "0 0 24 24")
  svg.setAttribute("aria-hidden", "true")
  path.setAttribute("d", ICONS[action])
  svg.append(path)
  button.type = "button"
  button.title = button.ariaLabel = label
  button.append(svg)
  button.onclick = onClick
  return button
}

const makeItem = (product, act, seek) => {
  const item = element("li", "item"), frame = photoOf(product), actions = element("div", "actions")
  item.dataset.id = product.id
  frame.querySelectorAll("img").forEach((front) => { front.loading = "lazy" })
  if (product.other) frame.append(image(product.other, "", "other"))
  if (!act) { item.append(frame); return item }
  item.append(frame, element("p", "name", product.name), factsOf(product))
  if (product.also) item.append(element("p", "why quiet", product.also))
  if (product.why) item.append(reasonsOf(product, act))
  actions.append(iconButton("like", "Like " + product.name, () => act(item, product, "like")),
    iconButton("pass", "Not for me: " + product.name, () => act(item, product, "pass")),
    iconButton("similar", "More like this: " + product.name, () => seek(product.id)))
  if (product.url) actions.append(shopLink(product))
  item.append(actions)
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

const shopLink = (product) => {
  const shop = element("a", "shop", "Shop")
  shop.href = product.url
  shop.target = "_blank"
  shop.rel = "noopener noreferrer"
  shop.ariaLabel = "Open in the shop: " + product.name
  return shop
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
    spoken.textContent = `${{ like: "Liked", pass: "Not for me", ignore: "Left out" }[action]}: ${product.name}`
    report(setStateValue, product.id, action)
  }
  grid.classList.toggle("small", Boolean(data.small))
  const again = settle(data), swiped = unsettled(), shown = new Map([...grid.children].map((item) => [item.dataset.key, item]))
  grid.replaceChildren(...data.products.filter((product) => !swiped.has(product.id)).map((product) => {
    const key = JSON.stringify(product), item = shown.get(key) || makeItem(product, act, (id) => setTriggerValue("similar", id))
    item.dataset.key = key
    item.classList.remove("gone")
    return item
  }))
  if (again) send(setStateValue)
}
