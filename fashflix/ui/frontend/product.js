// What the deck and the gallery share: where photos are, and how a product's words become elements. Everything scraped or typed goes
// in as textContent, so that no name or price is ever read as markup.

// Photos are served beside the app, wherever a proxy has mounted it: next to its own static files.
const script = document.querySelector('script[src*="static/js"]')
const home = new URL("..", new URL(script ? script.src.replace(/static\/js.*$/, "static/") : "./static/", document.baseURI))
const photoUrl = (path) => new URL(path, home).href

const element = (tag, className, text) => {
  const made = document.createElement(tag)
  made.className = className
  if (text !== undefined) made.textContent = text
  return made
}

const image = (path, alt, className) => {
  const made = element("img", className)
  made.alt = alt
  made.draggable = false
  made.decoding = "async"
  made.src = photoUrl(path)
  return made
}

const photoOf = (product) => {
  const frame = element("div", "photo")
  frame.append(image(product.photo, product.name, "front"))
  if (product.tag) {
    const tag = element("span", "tag", product.tag)
    tag.title = product.note || ""
    frame.append(tag)
  }
  return frame
}

const factsOf = (product) => {
  const facts = element("p", "facts")
  if (product.price) facts.append(element("span", "price", product.price))
  if (product.was) facts.append(element("span", "was quiet", product.was))
  if (product.rating) facts.append(element("span", "quiet", product.rating))
  return facts
}

const ICONS = {
  like: "M12 20s-7.5-4.6-9.3-9.2C1.5 7.6 3.6 4.5 6.8 4.5c2.2 0 3.9 1.2 5.2 3 1.3-1.8 3-3 5.2-3 3.2 0 5.3 3.1 4.1 6.3C19.5 15.4 12 20 12 20z",
  pass: "M6 6l12 12M18 6L6 18",
  similar: "M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13zM15.5 15.5L20 20",
  details: "M12 11v6M12 7.2v.1",
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

const shopLink = (product) => {
  const shop = element("a", "shop", "Shop")
  shop.href = product.url
  shop.target = "_blank"
  shop.rel = "noopener noreferrer"
  shop.ariaLabel = "Open in the shop: " + product.name
  return shop
}

// Swipes on their way to the server: sent as a list that grows until the server has acknowledged them (`ack`), so that a slow server,
// a second swipe in flight or a page change loses none. One outbox a tab and component, kept outside the component itself.
const outbox = { epoch: null, pending: [], seq: 0 }

// Drop what the server has; after a new session (server restarted, signed in) number the rest again. True if they must be sent again.
const settle = (data) => {
  const again = data.epoch !== outbox.epoch && outbox.pending.length > 0
  if (data.epoch !== outbox.epoch) {
    outbox.pending.forEach((event, i) => { event.seq = data.ack + 1 + i })
    outbox.seq = data.ack + outbox.pending.length
    outbox.epoch = data.epoch
  }
  outbox.seq = Math.max(outbox.seq, data.ack)
  outbox.pending = outbox.pending.filter((event) => event.seq > data.ack)
  return again
}
const unsettled = () => {
  const swiped = new Set()
  for (const event of outbox.pending) {
    if (event.action === "undo") swiped.delete(event.id)
    else if (["like", "pass", "forget"].includes(event.action)) swiped.add(event.id)
  }
  return swiped
}
const send = (setStateValue) => setStateValue("events", { epoch: outbox.epoch, list: outbox.pending.slice() })
const report = (setStateValue, id, action, more) => {
  outbox.pending.push({ seq: ++outbox.seq, id, action, ...more })
  send(setStateValue)
}
