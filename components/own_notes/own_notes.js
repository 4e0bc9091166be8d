// Keeps bookmarks and notes in this browser alone. Text reaches the page through textContent and
// value; nothing of it is sent anywhere.

const LONGEST = 4000
const MOST = 1000
const SAVED_AFTER = 300
const pages = new WeakMap()

export default function ownNotes({ data, parentElement }) {
  let page = pages.get(parentElement)
  if (!page) {
    page = create(parentElement)
    pages.set(parentElement, page)
  }
  if (page.data?.debate !== data.debate) page.held = read(storeOf(data.debate))
  page.data = data
  show(page)
  arrive(page)
  return () => {
    save(page)
    page.observer.disconnect()
    page.ended.abort()
    pages.delete(parentElement)
  }
}

function create(parentElement) {
  const root = document.createElement("div")
  root.className = "own-notes"
  parentElement.append(root)
  const page = { root, held: {}, ended: new AbortController(), arrived: null }
  const options = { signal: page.ended.signal }
  document.addEventListener("click", (event) => clicked(page, event), options)
  document.addEventListener("input", (event) => written(page, event), options)
  window.addEventListener("pagehide", () => save(page), options)
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
    for (const [id, own] of kept.slice(0, MOST)) {
      if (typeof own?.note === "string") held[id] = { ...own, note: own.note.slice(0, LONGEST) }
    }
  } catch {
    // What cannot be read is as if it were not there.
  }
  return held
}

function save(page) {
  clearTimeout(page.saving)
  if (!page.changed) return
  page.changed = false
  try {
    localStorage.setItem(storeOf(page.data.debate), JSON.stringify(page.held))
    page.failed = false
  } catch {
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
  if (page.failed) said.textContent = "This browser keeps no bookmarks or notes for this page."
  else if (!ids.length) said.textContent = "Bookmarks and notes of your own stay in this browser."
  else said.textContent = "Yours, in this browser:"
  for (const id of ids) {
    const link = document.createElement("a")
    link.href = `${data.address}${encodeURIComponent(id)}`
    link.dataset.inApp = "yes"
    link.textContent = id
    said.append(link)
  }
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

// Brings the passage one stepped to into sight, once.
function arrive(page) {
  const { current } = page.data
  if (page.arrived === current) return
  const cards = [...document.querySelectorAll(".reading-card")]
  const card = cards.find((node) => node.dataset.entry === current && node.ariaCurrent)
  if (!card && current) return
  page.arrived = current
  if (!card) return
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
