// The swipe deck: drag, touch, arrow keys or buttons. A swipe is shown at once and reported behind it.

const SHOWN = 3, PRELOADED = 5, FAR = 90, TAP = 6
const state = { epoch: null, filters: null, deck: [], past: [], onKey: null }

const makeCard = (product, open) => {
  const card = element("article", "card"), words = element("div", "words")
  card.dataset.id = product.id
  words.append(element("p", "name", product.name), factsOf(product))
  const details = iconButton("details", "Details (Enter): " + product.name, () => open(product.id))
  card.append(photoOf(product), details, words, element("span", "stamp yes", "Like"), element("span", "stamp no", "Pass"))
  return card
}

// The server's list without what was swiped here meanwhile; the cards in view stay where they are unless the filters changed.
const reconcile = (data) => {
  const swiped = unsettled(), brought = new Set(outbox.pending.filter((event) => event.action === "undo").map((event) => event.id))
  for (const id of data.gone) if (!brought.has(id)) swiped.add(id)        // swiped in the details or in another tab
  if (data.epoch !== state.epoch) state.past = []
  const kept = data.filters === state.filters ? state.deck.slice(0, SHOWN).filter((card) => !swiped.has(card.id)) : []
  const inView = new Set(kept.map((card) => card.id))
  state.epoch = data.epoch
  state.filters = data.filters
  state.deck = kept.concat(data.cards.filter((card) => !swiped.has(card.id) && !inView.has(card.id)))
}

export default function (component) {
  const { parentElement: root, data, setStateValue, setTriggerValue } = component
  const open = (id) => setTriggerValue("open", { id, similar: false })
  const stack = root.querySelector(".stack"), spoken = root.querySelector(".spoken")
  const button = (name) => root.querySelector(".bar ." + name)
  const cards = () => [...stack.querySelectorAll(".card:not(.gone)")]
  let drag = null

  const draw = () => {
    const wanted = state.deck.slice(0, SHOWN), there = new Map(cards().map((card) => [card.dataset.id, card]))
    for (const [id, card] of there) if (!wanted.some((product) => product.id === id)) card.remove()
    let before = null
    for (const product of wanted) {
      const card = there.get(product.id) || makeCard(product, open)
      if (!card.isConnected || card.previousElementSibling !== before) before ? before.after(card) : stack.prepend(card)
      before = card
    }
    cards().forEach((card, i) => {
      card.style.zIndex = 10 - i
      card.classList.toggle("second", i === 1)
      card.classList.toggle("third", i === 2)
      card.setAttribute("aria-hidden", i > 0)
      card.inert = i > 0
    })
    stack.querySelector(".empty")?.remove()
    if (!wanted.length) stack.append(element("p", "empty", outbox.pending.length ? "One moment: more cards are on their way." : data.empty))
    button("undo").disabled = !(state.past.length || data.last)
    button("like").disabled = button("pass").disabled = !wanted.length
    for (const product of state.deck.slice(SHOWN, SHOWN + PRELOADED)) new Image().src = photoUrl(product.photo)
  }

  const swipe = (action) => {
    const product = state.deck[0]
    if (!product) return
    const card = cards().find((one) => one.dataset.id === product.id), side = action === "like" ? 1 : -1
    state.deck = state.deck.slice(1)
    state.past.push(product)
    if (card) {
      card.classList.remove("held")
      card.classList.add("gone")
      card.style.zIndex = 20
      card.style.transform = `translateX(${side * 140}%) rotate(${side * 16}deg)`
      card.style.opacity = 0
      setTimeout(() => card.remove(), 260)
    }
    const next = state.deck[0]
    spoken.textContent = `${action === "like" ? "Liked" : "Passed"} ${product.name}. ${next ? "Next: " + next.name : data.empty}`
    draw()
    report(setStateValue, product.id, action)
  }

  const undo = () => {
    const product = state.past.pop() || data.last
    if (!product || (state.deck[0] && state.deck[0].id === product.id)) return
    state.deck = [product, ...state.deck.filter((card) => card.id !== product.id)]
    spoken.textContent = `Taken back: ${product.name}`
    draw()
    report(setStateValue, product.id, "undo")
  }

  button("pass").onclick = () => swipe("pass")
  button("like").onclick = () => swipe("like")
  button("undo").onclick = undo

  stack.onpointerdown = (event) => {
    const card = event.target.closest(".card:not(.gone)")
    if (!card || event.button || card !== cards()[0] || event.target.closest("button")) return
    drag = { card, moved: 0, x: event.clientX, y: event.clientY, at: performance.now(), dx: 0 }
    card.setPointerCapture(event.pointerId)
    card.classList.add("held")
  }
  stack.onpointermove = (event) => {
    if (!drag) return
    const dx = drag.dx = event.clientX - drag.x, dy = (event.clientY - drag.y) * 0.35
    drag.moved = Math.max(drag.moved, Math.abs(dx), Math.abs(dy))
    drag.card.style.transform = `translate(${dx}px, ${dy}px) rotate(${dx * 0.05}deg)`
    drag.card.querySelector(".yes").style.opacity = Math.max(0, Math.min(1, dx / FAR))
    drag.card.querySelector(".no").style.opacity = Math.max(0, Math.min(1, -dx / FAR))
  }
  const release = (event) => {
    if (!drag) return
    const { card, dx, at, moved } = drag, speed = Math.abs(dx) / Math.max(1, performance.now() - at)
    drag = null
    card.classList.remove("held")
    if (event.type === "pointerup" && (Math.abs(dx) > FAR || (speed > 0.6 && Math.abs(dx) > 30))) return swipe(dx > 0 ? "like" : "pass")
    card.style.transform = ""
    if (event.type === "pointerup" && moved < TAP) open(card.dataset.id)
    card.querySelectorAll(".stamp").forEach((stamp) => { stamp.style.opacity = 0 })
  }
  stack.onpointerup = stack.onpointercancel = release

  const typing = (target) => target && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName || "")
    || /^(slider|radio|tab|menuitem|option|listbox|textbox|combobox)$/.test(target.getAttribute?.("role") || ""))
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.composedPath()[0])) return
    if (document.querySelector('[role="dialog"]')) return
    const onDeck = [document.body, stack].includes(event.composedPath()[0])
    const details = onDeck && state.deck[0] ? () => open(state.deck[0].id) : null
    const act = { ArrowRight: () => swipe("like"), ArrowLeft: () => swipe("pass"), ArrowUp: undo, Enter: details }[event.key]
    if (act) { event.preventDefault(); act() }
  }
  if (state.onKey) document.removeEventListener("keydown", state.onKey)
  state.onKey = onKey
  document.addEventListener("keydown", onKey)

  const again = settle(data)
  reconcile(data)
  draw()
  if (again) send(setStateValue)
  return () => document.removeEventListener("keydown", onKey)
}
