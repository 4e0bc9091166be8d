// Keys and clicks that belong to the page as a whole. Text reaches the page through textContent.

const IN_THIS_DEBATE = "a[data-open-passage], a[data-in-app]:not([data-to-debate])"

const pages = new WeakMap()

export default function pageActions({ data, parentElement, setTriggerValue }) {
  let page = pages.get(parentElement)
  if (!page) {
    page = create(parentElement)
    pages.set(parentElement, page)
  }
  page.data = data
  page.open = (id) => setTriggerValue("passage", id)
  listKeys(page)
  return () => {
    page.ended.abort()
    pages.delete(parentElement)
  }
}

function create(parentElement) {
  const dialog = document.createElement("dialog")
  dialog.className = "key-list"
  dialog.setAttribute("aria-label", "Keys")
  const said = document.createElement("p")
  said.className = "unseen"
  said.setAttribute("role", "status")
  parentElement.append(dialog, said)
  const page = { dialog, said, ended: new AbortController() }
  const options = { signal: page.ended.signal }
  document.addEventListener("keydown", (event) => pressed(page, event), options)
  // While the list of keys is open, the keys it tells of do nothing.
  window.addEventListener("keydown", (event) => held(page, event), { ...options, capture: true })
  document.addEventListener("click", (event) => clicked(page, event), { ...options, capture: true })
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close(), options)
  for (const kind of ["pointerover", "pointerdown", "focusin", "contextmenu"]) {
    document.addEventListener(kind, nameDebate, { ...options, capture: true })
  }
  return page
}

function listKeys(page) {
  const text = JSON.stringify(page.data.keys)
  if (page.listed === text) return
  page.listed = text
  const title = document.createElement("h2")
  title.textContent = "Keys"
  const list = document.createElement("dl")
  for (const [key, what] of page.data.keys) {
    const term = document.createElement("dt")
    const kbd = document.createElement("kbd")
    kbd.textContent = key
    term.append(kbd)
    const meaning = document.createElement("dd")
    meaning.textContent = what
    list.append(term, meaning)
  }
  const close = document.createElement("button")
  close.type = "button"
  close.textContent = "Close"
  close.onclick = () => page.dialog.close()
  page.dialog.replaceChildren(title, list, close)
}

function typing(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]")
}

// A link of the page that names no debate leads to the one that is read, also in another tab.
function nameDebate(event) {
  const link = event.target instanceof Element && event.target.closest(IN_THIS_DEBATE)
  const debate = document.querySelector("[data-debate]")?.dataset.debate
  if (!link || !debate) return
  const address = new URL(link.href)
  if (address.searchParams.has("debate")) return
  address.searchParams.set("debate", debate)
  link.href = address.href
}

function closeList(except) {
  const list = document.querySelector(".debates[open]")
  if (!list || list.contains(except)) return null
  list.open = false
  return list
}

function pressed(page, event) {
  if (event.key === "Escape") closeList(null)?.querySelector("summary").focus()
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === "?") {
    event.preventDefault()
    page.dialog.showModal()
  } else if (event.key === "/") {
    const input = document.querySelector(`.st-key-${page.data.search} input`)
    if (!input) return
    event.preventDefault()
    input.focus()
    input.select()
  }
}

function held(page, event) {
  if (!page.dialog.open) return
  event.stopPropagation()
  if (event.key === "?") page.dialog.close()
}

function clicked(page, event) {
  const target = event.target instanceof Element ? event.target : null
  closeList(target?.closest("a") ? null : target)
  const copy = target?.closest("[data-copy]")
  if (copy) {
    event.preventDefault()
    copyText(page, copy, copy.dataset.copy)
    return
  }
  if (target?.closest("[data-show-keys]")) {
    event.preventDefault()
    page.dialog.showModal()
    return
  }
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
  const link = target?.closest("a[data-open-passage], a[data-in-app]")
  if (!link) return
  nameDebate(event)
  event.preventDefault()
  if (link.dataset.inApp) turnTo(link.href)
  else page.open(link.dataset.openPassage)
}

// Goes to another page of the app as Back and Forward do: one entry in the history, no new load.
function turnTo(address) {
  if (address === location.href) return
  history.pushState({}, "", address)
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }))
  document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)
}

async function copyText(page, button, id) {
  // A card can be there before the server has sent what is copied from it.
  for (let waits = 0; !(id in page.data.copies) && waits < 40; waits += 1) {
    await new Promise((then) => setTimeout(then, 50))
  }
  const text = page.data.copies[id]
  const done = text && (await copied(text)) ? "Copied" : "Could not copy; select the text instead"
  page.said.textContent = ""
  page.said.textContent = `${done}.`
  const before = button.dataset.label ?? button.textContent
  button.dataset.label = before
  button.textContent = done
  clearTimeout(page.restoring)
  page.restoring = setTimeout(() => (button.textContent = before), 2500)
}

// The clipboard needs a secure page; on a plain address in a seminar room the old way still works.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement("textarea")
    area.value = text
    area.className = "unseen"
    document.body.append(area)
    area.select()
    const done = document.execCommand("copy")
    area.remove()
    return done
  }
}
