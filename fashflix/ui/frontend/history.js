// The history of swipes as rows: each yes may become a no, each no a yes, and each may be removed.

const makeRow = (row, act, open) => {
  const item = element("li", "row"), words = element("div", ""), line = element("p", "line"), actions = element("div", "actions")
  item.append(row.photo ? image(row.photo, "", "") : element("span", "none"))
  const name = element(row.photo ? "button" : "p", "name", row.name)
  if (row.photo) {
    name.type = "button"
    name.ariaLabel = "Details: " + row.name
    name.onclick = () => open(row.id)
  }
  line.append(element("span", "mark " + (row.liked ? "yes" : "no"), row.liked ? "Liked" : "Passed"), element("span", "quiet", row.when))
  if (row.price) line.append(element("span", "quiet", row.price))
  words.append(name, line)
  const flip = element("button", "flip", row.liked ? "Change to no" : "Change to yes"), remove = element("button", "plain", "Remove")
  flip.type = remove.type = "button"
  flip.ariaLabel = `${flip.textContent}: ${row.name}`
  remove.ariaLabel = "Remove from the history: " + row.name
  flip.onclick = () => { flip.disabled = remove.disabled = true; act(row, "flip", flip.ariaLabel) }
  remove.onclick = () => { flip.disabled = remove.disabled = true; act(row, "remove", remove.ariaLabel) }
  actions.append(flip, remove)
  item.append(words, actions)
  return item
}

export default function (component) {
  const { parentElement: root, data, setStateValue, setTriggerValue } = component
  let rows = root.querySelector(".rows"), spoken = root.querySelector(".spoken")
  if (!rows) {
    rows = element("ul", "rows")
    spoken = element("div", "spoken")
    spoken.setAttribute("aria-live", "polite")
    root.append(rows, spoken)
  }
  const again = settle(data), removed = new Set(outbox.pending.filter((one) => one.action === "remove").map((one) => one.id + one.at))
  const act = (row, action, words) => {
    spoken.textContent = words
    report(setStateValue, row.id, action, { at: row.at })
  }
  const open = (id) => setTriggerValue("open", { id, similar: false })
  rows.replaceChildren(...data.rows.filter((row) => !removed.has(row.id + row.at)).map((row) => makeRow(row, act, open)))
  if (again) send(setStateValue)
}
