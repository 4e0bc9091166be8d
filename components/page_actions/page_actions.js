// Keys and clicks that belong to the page as a whole. Text reaches the page through textContent.

const IN_THIS_DEBATE = "a[data-open-passage], a[data-in-app]:not([data-to-debate])"
const TELL_WITHIN = 300
const ANSWER_WITHIN = 5000
const HELD_FOR = 300_000
const HELD_AT_MOST = 40
const RESTS_AFTER = 400
const ESCAPE = { key: "Escape", code: "Escape", bubbles: true, cancelable: true }
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
  holdAtRest(page)
  // Streamlit calls this too when a newer call overtook this one's loading: the part is still there.
  return () => setTimeout(() => {
    if (parentElement.isConnected) return
    page.ended.abort()
    pages.delete(parentElement)
  })
}

function create(parentElement) {
  const dialog = document.createElement("dialog")
  dialog.className = "key-list"
  dialog.setAttribute("aria-label", "Keys")
  const said = document.createElement("p")
  said.className = "unseen"
  said.setAttribute("role", "status")
  parentElement.append(dialog, said)
  const page = { dialog, said, ended: new AbortController(), held: new Map(), rests: 0 }
  const options = { signal: page.ended.signal }
  document.addEventListener("keydown", (event) => pressed(page, event), options)
  // While the list of keys is open, the keys it tells of do nothing.
  window.addEventListener("keydown", (event) => heldBack(page, event), { ...options, capture: true })
  document.addEventListener("click", (event) => clicked(page, event), { ...options, capture: true })
  // Back and Forward; what we turn to ourselves is no trusted event.
  window.addEventListener("popstate", (event) => event.isTrusted && answerAhead(page), options)
  for (const hint of ["pointerover", "focusin"]) {
    document.addEventListener(hint, ({ target }) => pointedAt(page, target), options)
  }
  const first = { ...options, capture: true }
  document.addEventListener("pointerup", ({ target }) => picked(target), first)
  document.addEventListener("keydown", ({ key, target }) => key === "Enter" && picked(target), first)
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close(), options)
  for (const kind of ["pointerover", "pointerdown", "focusin", "contextmenu"]) {
    document.addEventListener(kind, ({ target }) => nameDebate(target), first)
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
function nameDebate(target) {
  const link = target instanceof Element && target.closest(IN_THIS_DEBATE)
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
  const turning = document.querySelector(`[data-key="${CSS.escape(event.key)}" i]:not(:disabled)`)
  if (turning && !event.defaultPrevented) {
    event.preventDefault()
    turning.click()
  } else if (event.key === "?") {
    event.preventDefault()
    page.dialog.showModal()
  } else if (event.key === "/") {
    const input = document.querySelector(`.st-key-${page.data.search} input`)
    if (!input) return
    event.preventDefault()
    const fold = document.querySelector("details.filter-fold")
    if (fold && !input.checkVisibility()) fold.open = true
    input.focus()
    input.select()
  }
}

function heldBack(page, event) {
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
  const turning = target?.closest("[data-turn]")
  if (turning) {
    event.preventDefault()
    turnTo(page, turning.dataset.turn)
    return
  }
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
  const link = target?.closest("a[data-open-passage], a[data-in-app]")
  if (!link) return
  nameDebate(link)
  event.preventDefault()
  if (!link.dataset.inApp) pickPassage(page, link.dataset.openPassage)
  else if (turnTo(page, link.href)) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)
}

// What answers at once also tells the server.
function pickPassage(page, id) {
  const told = new CustomEvent("passage-picked", { detail: id, cancelable: true })
  if (document.dispatchEvent(told)) page.open(id)
}

// A list of which several can be chosen stays open over what it chose. It may do so for the second
// choice; with that there is something to see below it. Escape closes it and keeps the focus.
function picked(target) {
  const input = document.querySelector(".stMultiSelect input[aria-expanded=true]")
  const option = target instanceof Element && target.closest("[role=option]")
  const active = target === input && input?.getAttribute("aria-activedescendant")
  const before = input?.closest(".stMultiSelect").querySelectorAll("[data-tag]").length
  if (!before || !(option || active)) return
  setTimeout(() => input.dispatchEvent(new KeyboardEvent("keydown", ESCAPE)), 50)
}

// Goes to another page or view of the app as Back and Forward do: one entry in the history, no
// new load. The session hears of it once the plain answer is seen, lest it delay that, but soon.
function turnTo(page, address) {
  const there = new URL(address, location.href)
  if (there.href === location.href) return false
  const answerable = there.pathname === location.pathname
  history.pushState({}, "", there)
  const answered = answerable ? answerAhead(page, true) : Promise.resolve()
  const late = new Promise((then) => setTimeout(then, TELL_WITHIN))
  Promise.race([answered.then(painted), late]).then(() => {
    if (location.href !== there.href) return
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }))
  })
  return true
}

// Shows what the page's address holds as soon as a plain request has it, unless the session was
// faster.
async function answerAhead(page, turned = false) {
  const { href } = location
  const html = await hold(page, location)
  const block = document.querySelector("[data-ahead]")
  if (location.href !== href || !block) return
  block.dispatchEvent(new CustomEvent("answered-ahead", { detail: { html, turned }, bubbles: true }))
  holdAtRest(page)
}

function painted() {
  return new Promise((then) => requestAnimationFrame(() => setTimeout(then)))
}

// Who points at a link, or has the focus on it, will perhaps follow it. What places a passage is
// no such link: what it leads to must not be here before.
function pointedAt(page, target) {
  const turning = target instanceof Element && target.closest("a[data-in-app], [data-soon]")
  if (turning) lookAhead(page, turning)
}

// While the page rests, what is most likely followed is fetched, one after another.
async function holdAtRest(page) {
  const rest = (page.rests += 1)
  await new Promise((then) => setTimeout(then, RESTS_AFTER))
  for (const turning of document.querySelectorAll("[data-soon]")) {
    if (rest !== page.rests || page.ended.signal.aborted) return
    nameDebate(turning)
    await lookAhead(page, turning)
  }
}

function lookAhead(page, turning) {
  const there = new URL(turning.dataset.turn ?? turning.href, location.href)
  const { href, pathname } = location
  return there.pathname === pathname && there.href !== href ? hold(page, there) : null
}

// Fetches what a view of this page holds, or gives what was fetched not long ago. Should that be
// out of date, the session will say so.
function hold(page, { href, search }) {
  const before = page.held.get(href)
  if (before && performance.now() - before.since < HELD_FOR) return before.html
  const name = document.querySelector("[data-ahead]")?.dataset.ahead
  const html = name ? fetched(`./ahead/${name}${search}`) : Promise.resolve("")
  page.held.delete(href)
  page.held.set(href, { since: performance.now(), html })
  if (page.held.size > HELD_AT_MOST) page.held.delete(page.held.keys().next().value)
  html.then((held) => held || page.held.delete(href))
  return html
}

async function fetched(address) {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(ANSWER_WITHIN) })
    return answer.ok ? await answer.text() : ""
  } catch {
    return ""
  }
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
