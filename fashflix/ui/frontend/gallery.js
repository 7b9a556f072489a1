// A grid of products with a like and a pass button each.

const ICONS = {
  like: "M12 20s-7.5-4.6-9.3-9.2C1.5 7.6 3.6 4.5 6.8 4.5c2.2 0 3.9 1.2 5.2 3 1.3-1.8 3-3 5.2-3 3.2 0 5.3 3.1 4.1 6.3C19.5 15.4 12 20 12 20z",
  pass: "M6 6l12 12M18 6L6 18",
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

const makeItem = (product, act) => {
  const item = element("li", "item"), frame = photoOf(product), actions = element("div", "actions")
  item.dataset.id = product.id
  frame.querySelectorAll("img").forEach((front) => { front.loading = "lazy" })
  if (product.other) frame.append(image(product.other, "", "other"))
  if (!act) { item.append(frame); return item }
  item.append(frame, element("p", "name", product.name), factsOf(product))
  if (product.why) item.append(element("p", "why quiet", product.why))
  actions.append(iconButton("like", "Like " + product.name, () => act(item, product, "like")),
    iconButton("pass", "Not for me: " + product.name, () => act(item, product, "pass")))
  if (product.url) actions.append(shopLink(product))
  item.append(actions)
  return item
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
  const { parentElement: root, data, setStateValue } = component
  let grid = root.querySelector(".grid"), spoken = root.querySelector(".spoken")
  if (!grid) {
    grid = element("ul", "grid")
    spoken = element("div", "spoken")
    spoken.setAttribute("aria-live", "polite")
    root.append(grid, spoken)
  }
  const act = data.small ? null : (item, product, action) => {
    item.classList.add("gone")
    spoken.textContent = `${action === "like" ? "Liked" : "Not for me"}: ${product.name}`
    report(setStateValue, product.id, action)
  }
  grid.classList.toggle("small", Boolean(data.small))
  const again = settle(data), swiped = unsettled(), shown = new Map([...grid.children].map((item) => [item.dataset.key, item]))
  grid.replaceChildren(...data.products.filter((product) => !swiped.has(product.id)).map((product) => {
    const key = JSON.stringify(product), item = shown.get(key) || makeItem(product, act)
    item.dataset.key = key
    item.classList.remove("gone")
    return item
  }))
  if (again) send(setStateValue)
}
