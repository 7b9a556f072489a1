// Trades a ticket for the new cookie, over HTTP and out of reach of scripts; or reloads a tab whose person went on elsewhere.

const tried = new Set()

export default function (component) {
  const { data, setStateValue } = component
  if (data.reload) { window.location.reload(); return }
  if (!data.ticket || tried.has(data.ticket)) return
  tried.add(data.ticket)
  fetch(new URL("session", home), { method: "POST", headers: { "X-FashFlix": "1", "Content-Type": "text/plain" }, body: data.ticket })
    .then((answer) => setStateValue("kept", { ticket: data.ticket, ok: answer.ok }))
    .catch(() => setStateValue("kept", { ticket: data.ticket, ok: false }))
}
