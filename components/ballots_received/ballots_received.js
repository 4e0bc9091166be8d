// Asks how many ballots were received, and says how long ago the last answer came. The time is
// counted by the clock and not by ticks, so that it is right after a laptop was closed.

const SLOW = 5000
const STALE = 6000
const places = new WeakMap()

export default function ballotsReceived({ data, parentElement }) {
  let place = places.get(parentElement)
  if (!place) {
    place = create(parentElement)
    places.set(parentElement, place)
  }
  const other = place.data?.address !== data.address
  place.data = data
  if (other) begin(place)
  else show(place)
  // Streamlit calls this too when a newer call overtook this one's loading: the part is still there.
  return () => setTimeout(() => {
    if (parentElement.isConnected) return
    place.ended.abort()
    clearTimeout(place.next)
    clearInterval(place.clock)
    places.delete(parentElement)
  })
}

function create(parentElement) {
  const root = document.createElement("div")
  root.className = "ballots-received"
  const place = {
    number: line(root, "received"),
    update: line(root, "last-update"),
    said: line(root, "room-unseen"),
    ended: new AbortController(),
    turn: 0,
  }
  place.said.setAttribute("role", "status")
  parentElement.append(root)
  place.clock = setInterval(() => show(place), 1000)
  const options = { signal: place.ended.signal }
  // Who comes back to the page, or to a network, is not kept waiting.
  document.addEventListener("visibilitychange", () => document.hidden || ask(place), options)
  window.addEventListener("online", () => ask(place), options)
  return place
}

function line(root, className) {
  const node = document.createElement("p")
  node.className = className
  root.append(node)
  return node
}

function begin(place) {
  Object.assign(place, { received: null, at: null, heard: null, failing: false, since: Date.now() })
  ask(place)
}

// ---- asking

async function ask(place) {
  clearTimeout(place.next)
  const turn = ++place.turn
  const found = await answer(place.data.address)
  if (turn !== place.turn || place.ended.signal.aborted) return
  place.failing = !found
  // What was read at the same time as the last answer is no news, and makes nothing younger.
  if (found && found.at !== place.at) Object.assign(place, { ...found, heard: Date.now() })
  show(place)
  place.next = setTimeout(() => ask(place), place.data.every * 1000)
}

async function answer(address) {
  try {
    const found = await fetch(address, {
      cache: "no-store",
      signal: AbortSignal.timeout(SLOW),
      headers: { accept: "application/json" },
    })
    if (!found.ok) return null
    const { received, at } = await found.json()
    const sound = Number.isSafeInteger(received) && received >= 0 && typeof at === "string"
    return sound ? { received, at } : null
  } catch {
    return null
  }
}

// ---- saying

function show(place) {
  const { received, heard, since, failing, data } = place
  const ago = Math.max(0, Date.now() - (heard ?? since))
  const old = failing || ago >= STALE
  const seconds = Math.floor(ago / 1000)
  write(place.number, received === null ? "" : `${ballots(received)} received${wanting(received, data)}`)
  place.update.classList.toggle("old", old)
  if (!old) write(place.update, heard === null ? "Waiting for the first answer" : `Last update ${time(seconds)} ago`)
  else if (heard === null) write(place.update, `No answer for ${time(seconds)}`)
  else write(place.update, `No answer for ${time(seconds)}; the number may be old`)
  if (old !== Boolean(place.old)) {
    place.old = old
    write(place.said, old ? "No answer; the number may be old." : "Answers come again.")
  }
}

function ballots(number) {
  return number === 1 ? "1 ballot" : `${number} ballots`
}

function wanting(received, { least }) {
  return received < least ? `, shown from ${least} up` : ""
}

function time(seconds) {
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text
}
