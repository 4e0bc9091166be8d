// Keeps bookmarks and notes in this browser alone. Text reaches the page through textContent and
// value; nothing of it is sent anywhere.

const LONGEST = 4000
const LINKED_AT_MOST = 200
const SAVED_AFTER = 300
const ARRIVES_WITHIN = 1500
const NO_STEPS = "input, textarea, select, dialog, [contenteditable], [role=toolbar], [role=listbox]"
const pages = new WeakMap()

export default function ownNotes({ data, parentElement, setTriggerValue }) {
  let page = pages.get(parentElement)
  if (!page) {
    page = create(parentElement)
    pages.set(parentElement, page)
  }
  if (page.data?.debate !== data.debate) page.held = read(storeOf(data.debate))
  page.data = data
  page.step = (from, by) => setTriggerValue("step", { from, by })
  show(page)
  arrive(page)
  // Streamlit calls this too when a newer call overtook this one's loading: the part is still there.
  return () => setTimeout(() => {
    if (parentElement.isConnected) return
    save(page)
    page.observer.disconnect()
    page.ended.abort()
    pages.delete(parentElement)
  })
}

function create(parentElement) {
  const root = document.createElement("div")
  root.className = "own-notes"
  parentElement.append(root)
  const page = { root, held: {}, ended: new AbortController(), arrived: null, arriving: 0, strayed: false }
  const options = { signal: page.ended.signal }
  document.addEventListener("click", (event) => clicked(page, event), options)
  document.addEventListener("input", (event) => written(page, event), options)
  window.addEventListener("pagehide", () => save(page), options)
  // Before Streamlit hears of them: it steps from the passage that the link names.
  const first = { ...options, capture: true }
  window.addEventListener("click", (event) => stepped(page, event, byOf(event.target)), first)
  window.addEventListener("keydown", (event) => keyed(page, event), first)
  window.addEventListener("scroll", () => moved(page), { ...first, passive: true })
  window.addEventListener(
    "storage",
    (event) => {
      if (event.key !== storeOf(page.data.debate)) return
      page.held = read(event.key)
      show(page)
    },
    options,
  )
  // Cards come and go with what the server sends; each new one is told what is kept of it.
  page.observer = new MutationObserver((changes) => {
    if (changes.some(({ addedNodes }) => addedNodes.length)) {
      fill(page)
      arrive(page)
    }
  })
  page.observer.observe(document.body, { childList: true, subtree: true })
  return page
}

// ---- what is kept

function storeOf(debate) {
  return `own-notes ${debate}`
}

// By id, which may be any text: an object that inherits nothing has no name of its own.
function read(store) {
  const held = Object.create(null)
  try {
    const kept = Object.entries(JSON.parse(localStorage.getItem(store) ?? "{}") ?? {})
    for (const [id, own] of kept) {
      if (typeof own?.note === "string") held[id] = own
    }
  } catch {
    // What cannot be read is as if it were not there.
  }
  return held
}

function save(page) {
  clearTimeout(page.saving)
  if (!page.changed) return
  try {
    localStorage.setItem(storeOf(page.data.debate), JSON.stringify(page.held))
    page.changed = page.failed = false
  } catch {
    // They stay in the page, to be exported, and are tried again with the next change.
    page.failed = true
  }
}

function change(page, id, own) {
  const before = page.held[id] ?? { marked: false, note: "" }
  const after = { ...before, ...own }
  if (after.marked || after.note) page.held[id] = after
  else delete page.held[id]
  page.changed = true
}

// ---- what the reader does

function clicked(page, event) {
  const target = event.target instanceof Element ? event.target : null
  const button = target?.closest("[data-bookmark]")
  if (!button) return
  const id = button.dataset.bookmark
  change(page, id, { marked: !page.held[id]?.marked, ...textsOf(button) })
  save(page)
  show(page)
}

function written(page, event) {
  const area = event.target instanceof Element ? event.target.closest("[data-note]") : null
  if (!area) return
  change(page, area.dataset.note, { note: area.value.slice(0, LONGEST), ...textsOf(area) })
  clearTimeout(page.saving)
  page.saving = setTimeout(() => {
    save(page)
    show(page)
  }, SAVED_AFTER)
}

// What an export says of a passage, as it stands on its card.
function textsOf(node) {
  const card = node.closest(".reading-card")
  return {
    quote: card?.querySelector("blockquote")?.textContent ?? "",
    whose: card?.querySelector(".margin-whose")?.textContent ?? "",
  }
}

// ---- what is shown

function show(page) {
  bar(page)
  fill(page)
}

function bar(page) {
  const { root, held, data } = page
  const ids = Object.keys(held).sort(new Intl.Collator(undefined, { numeric: true }).compare)
  const state = JSON.stringify([ids, page.failed, data.address])
  if (state === page.state) return
  page.state = state
  const said = document.createElement("p")
  if (page.failed) {
    said.textContent = "This browser could not keep your last changes; export them before you leave."
    said.setAttribute("role", "alert")
  } else if (!ids.length) said.textContent = "Bookmarks and notes of your own stay in this browser."
  else said.textContent = "Yours, in this browser:"
  for (const id of ids.slice(0, LINKED_AT_MOST)) {
    const link = document.createElement("a")
    link.href = `${data.address}${encodeURIComponent(id)}`
    link.dataset.inApp = "yes"
    link.textContent = id
    said.append(link)
  }
  const more = ids.length - LINKED_AT_MOST
  if (more > 0) said.append(` and ${more} more, all of them in the export`)
  const buttons = ids.length
    ? [button("Export", () => leave(page)), button("Delete all", () => forget(page))]
    : []
  root.replaceChildren(said, ...buttons)
}

function button(label, act) {
  const node = document.createElement("button")
  node.type = "button"
  node.textContent = label
  node.onclick = act
  return node
}

function forget(page) {
  if (!page.sure) {
    page.sure = true
    const last = page.root.lastElementChild
    last.textContent = "Delete all, really"
    setTimeout(() => {
      page.sure = false
      last.textContent = "Delete all"
    }, 4000)
    return
  }
  page.sure = false
  page.held = Object.create(null)
  page.changed = true
  save(page)
  show(page)
}

function fill(page) {
  for (const node of document.querySelectorAll("[data-bookmark]")) {
    const marked = Boolean(page.held[node.dataset.bookmark]?.marked)
    if (node.getAttribute("aria-pressed") === String(marked)) continue
    node.setAttribute("aria-pressed", String(marked))
    node.textContent = marked ? "Bookmarked" : "Bookmark"
  }
  for (const area of document.querySelectorAll("[data-note]")) {
    const note = page.held[area.dataset.note]?.note ?? ""
    if (area === document.activeElement || area.value === note) continue
    area.value = note
    area.closest("details").open = Boolean(note)
  }
}

// ---- stepping from the passage in sight

function moved(page) {
  if (performance.now() > page.arriving) page.strayed = true
}

function byOf(target) {
  const button = target instanceof Element ? target.closest(".st-key-previous, .st-key-next") : null
  return button && (button.matches(".st-key-next") ? 1 : -1)
}

function keyed(page, event) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (!by || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  if (event.target instanceof Element && event.target.closest(NO_STEPS)) return
  if (document.querySelector("dialog[open]")) return
  stepped(page, event, by)
}

// Who has scrolled on from the passage last stepped to steps from what is in sight.
function stepped(page, event, by) {
  if (!by || !page.strayed) return
  const cards = cardsOf()
  const current = cards.find((card) => card.ariaCurrent)
  if (current && isInSight(current)) return
  const at = cards.findLastIndex((card) => card.getBoundingClientRect().top < readingLine())
  if (at < 0 && !current) return
  event.preventDefault()
  event.stopPropagation()
  page.strayed = false
  const next = cards[at + by]
  if (next && next === current) bring(page, next)
  else page.step(cards[at]?.dataset.entry ?? "", by)
}

function cardsOf() {
  return [...document.querySelectorAll(".reading-card")]
}

// A line a little below what stays at the top of the page.
function readingLine() {
  const head = document.querySelector(".st-key-read_head")
  return Math.max(0, head?.getBoundingClientRect().bottom ?? 0) + 48
}

function isInSight(card) {
  const { top, bottom } = card.getBoundingClientRect()
  return bottom > readingLine() && top < window.innerHeight - 48
}

// Brings the passage one stepped to into sight, once; who comes back is left where they were.
function arrive(page) {
  const { current } = page.data
  if (page.arrived === current) return
  const card = cardsOf().find((node) => node.dataset.entry === current && node.ariaCurrent)
  if (!card && current) return
  page.arrived = current
  const { entry } = history.state ?? {}
  const returned = entry && document.documentElement.dataset.returned === entry
  if (card && !returned) bring(page, card)
}

function bring(page, card) {
  page.strayed = false
  page.arriving = performance.now() + ARRIVES_WITHIN
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches
  card.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" })
  card.focus({ preventScroll: true })
}

// ---- taking them away

function leave(page) {
  save(page)
  const file = new Blob([told(page)], { type: "text/plain;charset=utf-8" })
  const link = document.createElement("a")
  link.href = URL.createObjectURL(file)
  link.download = "notes.txt"
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

function told({ held, data }) {
  const day = new Date().toISOString().slice(0, 10)
  const parts = Object.entries(held).map(([id, { marked, note, quote, whose }]) =>
    [
      `${id}  ${whose ?? ""}${marked ? "  [bookmarked]" : ""}`,
      quote ?? "",
      note ? `Note: ${note}` : "",
    ]
      .filter(Boolean)
      .join("\n"),
  )
  const title = `${data.debate}: bookmarks and notes, ${day} (data version ${data.version})`
  return `${[title, ...parts].join("\n\n")}\n`
}
