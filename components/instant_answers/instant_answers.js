// Shows at once what the browser knows; the server's answer follows and has the last word.
// Cards and rows are the server's own HTML, in which every text is already escaped.

const OWN_ARROWS =
  "input, textarea, select, dialog, [contenteditable], [role=toolbar], [role=radiogroup], [role=listbox]"
const PILLS = ".st-key-school button[aria-pressed], .st-key-role button[aria-pressed]"
const AHEAD_AT_MOST = 5000
const SOON = 1500
const pages = new WeakMap()

export default function instantAnswers({ data, parentElement, setTriggerValue }) {
  let page = pages.get(parentElement)
  if (!page) {
    page = { ended: new AbortController(), held: null, url: "" }
    pages.set(parentElement, page)
    listen(page)
  }
  page.data = data
  page.step = (id) => setTriggerValue("step", id)
  page.found = new Set(data.found)
  // While choices are on their way, what they led to is ahead of the server's answers to earlier
  // ones, which must not be shown in between. Who steps there and back comes to a passage twice, so
  // that an answer which agrees may still be one of those.
  if (!isAhead(page)) page.reading = data.reading
  else if (data.reading === page.ahead) page.until = performance.now() + SOON
  else {
    page.until = page.since + AHEAD_AT_MOST
    read(page, page.ahead)
  }
  hold(page)
  // Streamlit calls this too when a newer call overtook this one's loading: the part is still there.
  return () => setTimeout(() => {
    if (parentElement.isConnected) return
    page.ended.abort()
    pages.delete(parentElement)
  })
}

function isAhead({ ahead, until }) {
  return Boolean(ahead) && performance.now() < until
}

function goAhead(page, id) {
  page.ahead = page.reading = id
  page.since = performance.now()
  page.until = page.since + AHEAD_AT_MOST
}

// The server's answer to an earlier choice gives way before it is painted.
function stayAhead(page) {
  if (!isAhead(page)) return
  const shown = document.querySelector(".pane blockquote[data-passage]")
  if (shown && shown.dataset.passage !== page.ahead) read(page, page.ahead)
}

function hold(page) {
  const { answers: url } = page.data
  if (!url || url === page.url) return
  page.url = url
  page.held = null
  fetchAnswers(url, page.ended.signal).then((held) => {
    if (url !== page.url) return
    page.held = held
    stayAhead(page)
  })
}

// Fetches the answers and makes elements of their HTML while the page rests, so that none of it
// needs to be read when it is wanted. Gives nothing where that fails: the server answers alone.
async function fetchAnswers(url, signal) {
  try {
    await rest()
    const answer = await fetch(url, { signal })
    if (!answer.ok) return null
    const { groups, cards } = await answer.json()
    for (const group of groups) {
      await rest()
      const { children } = parsed(group.rows.map(([, row]) => row).join(""))
      group.rows = [...children].map((node, i) => [group.rows[i][0], node])
    }
    for (const id of Object.keys(cards)) cards[id] = parsed(cards[id])
    return { groups, cards }
  } catch {
    return null
  }
}

function rest() {
  return new Promise((done) => (window.requestIdleCallback ?? ((then) => setTimeout(then, 500)))(done))
}

function parsed(html) {
  const holder = document.createElement("template")
  holder.innerHTML = html
  return document.importNode(holder.content, true)
}

function listen(page) {
  const options = { signal: page.ended.signal, capture: true }
  document.addEventListener("passage-picked", (event) => {
    if (read(page, event.detail)) goAhead(page, event.detail)
  }, options)
  window.addEventListener("popstate", () => (page.ahead = null), options)
  document.addEventListener("row-picked", () => (page.ahead = null), options)
  document.addEventListener("html-shown", () => stayAhead(page), options)
  document.addEventListener("passage-picked", bringIntoSight, options)
  document.addEventListener("row-picked", bringIntoSight, options)
  document.addEventListener("click", (event) => clicked(page, event), options)
  document.addEventListener("keydown", (event) => pressed(page, event), {
    signal: page.ended.signal,
  })
}

function clicked(page, event) {
  const target = event.target instanceof Element ? event.target : null
  const link = target?.closest("a[data-open-passage]")
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    pick(page, link.dataset.openPassage)
    bringIntoSight()
  } else if (target?.closest(".st-key-previous button:not(:disabled)")) {
    pick(page, neighbour(page, -1))
  } else if (target?.closest(".st-key-next button:not(:disabled)")) {
    pick(page, neighbour(page, 1))
  } else {
    // Another choice may lead to another passage.
    if (!target?.closest(".position-map")) page.ahead = null
    const pill = target?.closest(PILLS)
    if (pill) filter(page, pill)
  }
}

// What is picked begins at the top of the pane: one may have read on below it, and on a narrow
// page the pane stands below the map.
function bringIntoSight() {
  const side = document.querySelector(".st-key-reading_side")
  if (!side) return
  const { left, top } = side.getBoundingClientRect()
  if (left > document.documentElement.clientWidth / 3 && top >= 0) return
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches
  side.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" })
}

function neighbour(page, by) {
  const { sequence } = page.data
  if (!sequence.length) return ""
  const at = sequence.indexOf(page.reading)
  if (at >= 0) return sequence[at + by] ?? ""
  return by < 0 ? page.data.before : page.data.after
}

// The arrow keys step, unless they belong to what has the focus.
function pressed(page, event) {
  if (event.key === "Enter" && event.target instanceof HTMLInputElement) page.ahead = null
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (!by || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
  if (event.target instanceof Element && event.target.closest(OWN_ARROWS)) return
  const id = neighbour(page, by)
  if (!id) return
  event.preventDefault()
  pick(page, id)
  bringIntoSight()
  goAhead(page, id)
  page.step(id)
}

function pick(page, id) {
  if (!id || !read(page, id)) return
  goAhead(page, id)
  tellMap({ chosen: id })
}

function tellMap(detail) {
  document.dispatchEvent(new CustomEvent("map-emphasis", { detail }))
}

// Puts a passage's card into the reading pane. The pane is Streamlit's own; what the server
// sends next replaces it.
function read(page, id) {
  const pane = document.querySelector(".pane")
  const card = page.held?.cards[id]
  if (!pane || !card) return false
  page.reading = id
  pane.innerHTML = hides(page, id) ? page.data.hidden : ""
  pane.append(card.cloneNode(true))
  return true
}

function hides(page, id) {
  return !page.found.has(page.held.groups.findIndex(({ first }) => first === id))
}

function filter(page, pill) {
  const { data, held } = page
  const schools = asked(".st-key-school", data.schools, pill)
  const roles = asked(".st-key-role", data.roles, pill)
  if (!schools || !roles || !held || !data.answers) return
  const words = data.words && new Set(data.words)
  const asks = ({ school, role }, number) =>
    (!schools.size || schools.has(school)) &&
    (!roles.size || roles.has(role)) &&
    (!words || words.has(number))
  page.found = new Set(held.groups.flatMap((group, number) => (asks(group, number) ? [number] : [])))
  const found = held.groups.filter((_, number) => page.found.has(number))
  count(page, found)
  list(page, found)
  const detail = { groups: page.found }
  if (data.read_first && found.length) {
    const { first } = found.reduce((a, b) => (b.rows[0][0] < a.rows[0][0] ? b : a))
    detail.chosen = data.marks[first] ?? first
    goAhead(page, first)
    read(page, first)
  }
  tellMap(detail)
}

// The ids of the pills that will be pressed once this click is done.
function asked(group, ids, pill) {
  const pills = [...document.querySelectorAll(`${group} button[aria-pressed]`)]
  if (pills.length !== ids.length) return null
  return new Set(
    ids.filter((_, i) => (pills[i].getAttribute("aria-pressed") === "true") !== (pills[i] === pill)),
  )
}

function count(page, found) {
  const node = document.querySelector(".count")
  if (!node) return
  const passages = found.reduce((sum, group) => sum + group.count, 0)
  const authors = new Set(found.flatMap((group) => group.authors)).size
  node.querySelector("b").textContent = `${passages} of ${page.data.passages} passages`
  node.lastChild.textContent = ` ${authors} of ${page.data.authors} authors`
}

// Shows the first matching passages in the table, in the debate's order.
function list(page, found) {
  const body = document.querySelector(`table[data-table="${page.data.table}"] tbody`)
  if (!body) return
  const rows = found.flatMap((group) => group.rows).sort(([a], [b]) => a - b)
  const shown = body.cloneNode(false)
  shown.append(...rows.slice(0, page.data.table_at_most).map(([, row]) => row))
  body.replaceWith(shown)
}
