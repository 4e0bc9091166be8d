// Shows at once what the browser knows; the server's answer follows and has the last word.
// The cards are the server's own HTML, in which every text is already escaped.

const OWN_ARROWS =
  "input, textarea, select, dialog, [contenteditable], [role=toolbar], [role=radiogroup], [role=listbox]"
const PILLS = ".st-key-school button[aria-pressed], .st-key-role button[aria-pressed]"
const pages = new WeakMap()

export default function instantAnswers({ data, parentElement, setTriggerValue }) {
  let page = pages.get(parentElement)
  if (!page) {
    page = { ended: new AbortController(), cards: {}, url: "" }
    pages.set(parentElement, page)
    listen(page)
  }
  page.data = data
  page.step = (id) => setTriggerValue("step", id)
  // While steps are on their way, the passage they led to is ahead of the server's.
  if (!page.ahead || page.ahead === data.reading) {
    page.ahead = null
    page.reading = data.reading
  }
  page.passages = data.passages.map(([id, school, role, author]) => ({ id, school, role, author }))
  fetchCards(page)
  return () => {
    page.ended.abort()
    pages.delete(parentElement)
  }
}

function fetchCards(page) {
  const { cards: url } = page.data
  if (!url || url === page.url) return
  page.url = url
  const rest = window.requestIdleCallback ?? ((then) => setTimeout(then, 500))
  rest(async () => {
    try {
      const answer = await fetch(url, { signal: page.ended.signal })
      if (answer.ok && url === page.url) page.cards = await answer.json()
    } catch {
      // Without cards the server answers alone.
    }
  })
}

function listen(page) {
  const options = { signal: page.ended.signal, capture: true }
  document.addEventListener("passage-picked", (event) => read(page, event.detail), options)
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
  } else if (target?.closest(".st-key-previous button:not(:disabled)")) {
    pick(page, neighbour(page, -1))
  } else if (target?.closest(".st-key-next button:not(:disabled)")) {
    pick(page, neighbour(page, 1))
  } else {
    const pill = target?.closest(PILLS)
    if (pill) filter(page, pill)
  }
}

function neighbour(page, by) {
  const { sequence } = page.data
  const at = sequence.indexOf(page.reading)
  if (at >= 0) return sequence[at + by] ?? ""
  return by < 0 ? page.data.before : page.data.after
}

// The arrow keys step, unless they belong to what has the focus.
function pressed(page, event) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (!by || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
  if (event.target instanceof Element && event.target.closest(OWN_ARROWS)) return
  const id = neighbour(page, by)
  if (!id) return
  event.preventDefault()
  pick(page, id)
  page.ahead = id
  page.step(id)
}

function pick(page, id) {
  if (!id) return
  read(page, id)
  tellMap({ chosen: id })
}

function tellMap(detail) {
  document.dispatchEvent(new CustomEvent("map-emphasis", { detail }))
}

// Puts a passage's card into the reading pane. The pane is Streamlit's own; what the server
// sends next replaces it.
function read(page, id) {
  page.reading = id
  const pane = document.querySelector(".pane")
  const card = page.cards[id]
  if (!pane || !card) return
  const hidden = page.lit && !page.lit.has(id) ? page.data.hidden : ""
  pane.innerHTML = hidden + card
}

function filter(page, pill) {
  const schools = asked(".st-key-school", page.data.schools, pill)
  const roles = asked(".st-key-role", page.data.roles, pill)
  if (!schools || !roles || !page.passages.length) return
  const words = page.data.words && new Set(page.data.words)
  const found = page.passages.filter(
    ({ id, school, role }) =>
      (!schools.size || schools.has(school)) &&
      (!roles.size || roles.has(role)) &&
      (!words || words.has(id)),
  )
  const all = found.length === page.passages.length
  page.lit = new Set(found.map(({ id }) => id))
  count(page, found)
  for (const row of document.querySelectorAll("[data-row]")) row.hidden = !page.lit.has(row.dataset.row)
  const detail = { lit: all ? null : [...page.lit] }
  if (page.data.read_first && found.length) {
    detail.chosen = found[0].id
    read(page, found[0].id)
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
  const authors = new Set(found.map(({ author }) => author)).size
  node.querySelector("b").textContent = `${found.length} of ${page.passages.length} passages`
  node.lastChild.textContent = ` ${authors} of ${page.data.authors} authors`
}
