// Shows at once what the browser knows; the server's answer follows and has the last word.
// Cards and rows are the server's own HTML, in which every text is already escaped.

const OWN_ARROWS =
  "input, textarea, select, dialog, [contenteditable], [role=toolbar], [role=radiogroup], [role=listbox]"
const PILLS = ".st-key-school button[aria-pressed], .st-key-role button[aria-pressed]"
const STEPS = [[".st-key-previous button", -1], [".st-key-next button", 1]]
const AHEAD_AT_MOST = 30_000
const SOON = 1500
const ASK_AGAIN_AFTER = 1000
const CHOOSES = "button:not([data-copy], [data-show-keys]), a, input, [role=option]"
const pages = new WeakMap()

export default function instantAnswers({ data, parentElement, setTriggerValue }) {
  let page = pages.get(parentElement)
  if (!page) {
    page = { ended: new AbortController(), held: null, url: "", owed: 0, sent: data.heard }
    pages.set(parentElement, page)
    listen(page)
  }
  page.data = data
  page.send = (pick) => setTriggerValue("pick", { ...pick, number: page.sent })
  page.found = new Set(data.found)
  page.sequence = data.sequence
  // While choices are on their way, what they led to is ahead of the server's answers to earlier
  // ones, which must not be shown in between. Passages that were picked are numbered; where a filter
  // led to one, an answer which agrees may still be that to an earlier choice. The parts of a page
  // are not told in the order of the answers, so that something earlier may follow for a moment.
  const heard = page.picked && data.heard >= page.sent
  if (heard && data.reading !== page.ahead) page.ahead = null
  if (!isAhead(page)) page.reading = data.reading
  else if (data.reading === page.ahead && (heard || !page.picked)) page.until = performance.now() + SOON
  else {
    page.until = page.since + AHEAD_AT_MOST
    read(page, page.ahead)
  }
  clearTimeout(page.unsure)
  if (page.reading === data.reading) goOn(page)
  askAgain(page)
  hold(page)
  // Streamlit calls this too when a newer call overtook this one's loading: the part is still there.
  return () => setTimeout(() => {
    if (parentElement.isConnected) return
    page.ended.abort()
    clearTimeout(page.asking)
    clearTimeout(page.unsure)
    pages.delete(parentElement)
  })
}

function isAhead({ ahead, until }) {
  return Boolean(ahead) && performance.now() < until
}

function goAhead(page, id, picked) {
  page.ahead = page.reading = id
  page.picked = picked
  page.owed = 0
  page.since = performance.now()
  page.until = page.since + AHEAD_AT_MOST
}

// The server's answer to an earlier choice gives way before it is painted.
function stayAhead(page) {
  if (!isAhead(page)) return
  const shown = document.querySelector(".pane blockquote[data-passage]")
  if (shown && shown.dataset.passage !== page.ahead) read(page, page.ahead)
}

// A server that was away has not heard what was picked. It is told by name, so that twice is as once.
function askAgain(page) {
  clearTimeout(page.asking)
  const unheard = () => isAhead(page) && page.picked && page.data.heard < page.sent
  if (!unheard()) return
  page.asking = setTimeout(() => unheard() && page.send(page.last), ASK_AGAIN_AFTER)
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
    event.preventDefault()
    pick(page, event.detail, false)
    bringIntoSight()
  }, options)
  window.addEventListener("popstate", () => fallBack(page), options)
  document.addEventListener("row-picked", () => {
    fallBack(page)
    bringIntoSight()
  }, options)
  document.addEventListener("html-shown", () => stayAhead(page), options)
  document.addEventListener("click", (event) => clicked(page, event), options)
  document.addEventListener("keydown", (event) => pressed(page, event), {
    signal: page.ended.signal,
  })
}

function clicked(page, event) {
  const target = event.target instanceof Element ? event.target : null
  const [, by] = STEPS.find(([button]) => target?.closest(button)) ?? []
  if (by) {
    // The session would count from where it has led so far, we count from what is shown.
    event.preventDefault()
    event.stopPropagation()
    step(page, by)
  } else if (!target?.closest(".position-map, a[data-open-passage]")) {
    const pill = target?.closest(PILLS)
    if (pill) filter(page, pill)
    else if (target?.closest(CHOOSES)) fallBack(page)
  }
}

// Another choice may lead to another passage: the server's next answer counts, and steps wait for
// it. Should none come, nothing was chosen.
function fallBack(page) {
  page.ahead = null
  page.owed = 0
  page.sequence = null
  clearTimeout(page.unsure)
  page.unsure = setTimeout(() => {
    page.sequence ??= page.data.sequence
    goOn(page)
  }, SOON)
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

// Where so many steps lead, at the most to the first or last passage that is known; empty where
// they lead nowhere, `null` as long as only the server knows.
function led(page, by) {
  const { sequence, reading, data } = page
  if (!sequence) return null
  let at = sequence.indexOf(reading)
  if (at < 0) {
    if (reading !== data.reading) return null
    const beside = by < 0 ? data.before : data.after
    if (!beside) return ""
    if (!sequence.includes(beside)) return null
    at = sequence.indexOf(beside) - Math.sign(by)
  }
  const to = Math.max(0, Math.min(at + by, sequence.length - 1))
  return to === at ? "" : sequence[to]
}

function step(page, by) {
  const id = led(page, by)
  if (id === null) page.owed += by
  else if (id) pick(page, id, true)
  return id !== ""
}

// Takes the steps that were asked for before it was known where they lead.
function goOn(page) {
  const by = page.owed
  page.owed = 0
  if (by) step(page, by)
}

// The arrow keys step, unless they belong to what has the focus.
function pressed(page, event) {
  if (event.key === "Enter" && event.target instanceof HTMLInputElement) fallBack(page)
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (!by || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
  if (event.target instanceof Element && event.target.closest(OWN_ARROWS)) return
  if (!step(page, by)) return
  event.preventDefault()
  bringIntoSight()
}

// All choices of a passage go to the server this one way, by name, so that the last of them counts
// however late it hears of them. A step stays with the author chosen.
function pick(page, id, stay) {
  goAhead(page, id, true)
  if (read(page, id)) tellMap({ chosen: id })
  page.sent += 1
  page.last = { passage: id, stay }
  page.send(page.last)
  askAgain(page)
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
  const picked = isAhead(page) && page.picked
  if (!picked) fallBack(page)
  page.sequence = data.by_author ? data.sequence : null
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
  const alone = held.groups.every(({ rows }) => rows.length === 1)
  if (alone && !data.by_author) page.sequence = found.map(({ first }) => first)
  if (data.read_first && !picked && found.length) {
    const { first } = found.reduce((a, b) => (b.rows[0][0] < a.rows[0][0] ? b : a))
    detail.chosen = data.marks[first] ?? first
    goAhead(page, first, false)
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
