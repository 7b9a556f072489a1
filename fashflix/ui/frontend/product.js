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
    else if (event.action !== "ignore") swiped.add(event.id)
  }
  return swiped
}
const send = (setStateValue) => setStateValue("events", { epoch: outbox.epoch, list: outbox.pending.slice() })
const report = (setStateValue, id, action) => {
  outbox.pending.push({ seq: ++outbox.seq, id, action })
  send(setStateValue)
}
