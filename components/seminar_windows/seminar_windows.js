// Steps through a presentation by its address, tells the other window of this browser, keeps the
// time. Text reaches the page through textContent.

const CHANNEL = "seminar"
const LEGIBLE = 1.25
const MOST_PLANS = 20
const FORWARD = new Set(["ArrowRight", "PageDown", " "])
const BACKWARD = new Set(["ArrowLeft", "PageUp"])
const ESCAPE = { key: "Escape", code: "Escape", bubbles: true, cancelable: true }
const COUNTED_AFTER = 500
const FOCUS_AFTER = 100
const JOIN_IS_SHOWN = "The projector now shows how to join the room; J goes back to the slide."
const FORM = "[data-testid=stPopoverBody]"
const pages = new WeakMap()

export default function seminarWindows({ data, parentElement, setTriggerValue }) {
  let page = pages.get(parentElement)
  if (!page) {
    page = create(parentElement)
    pages.set(parentElement, page)
  }
  const before = page.data
  page.data = data
  page.keep = (notes) => setTriggerValue("kept", notes)
  page.takeTyped = (typed) => setTriggerValue("typed", typed)
  page.lookAgain = () => setTriggerValue("looks_again", Date.now())
  // Hands that were typed in here are told; those that came from the other window are known there.
  if (before && presenting(page) && before.hands !== data.hands && page.told !== data.hands) {
    tell(page, { ...place(), hands: data.hands })
  }
  page.told = data.hands
  if (presenting(page)) tellRoom(page, before)
  if (presenting(page)) keepTyped(page, before)
  if (data.role === "projector") tellShown(page)
  if (data.role === "prepare") keepNotes(page)
  if (page.moved && before && before.plan !== data.plan) followStep(page)
  if (data.role === "notes") tick(page)
  fit(page)
  // Streamlit calls this too when a newer call overtook this one's loading: the part is still there.
  return () => setTimeout(() => {
    if (parentElement.isConnected) return
    clearInterval(page.ticking)
    page.observer.disconnect()
    page.channel.close()
    page.blank.remove()
    page.away.remove()
    page.ended.abort()
    pages.delete(parentElement)
  })
}

function create(parentElement) {
  const blank = document.createElement("div")
  blank.className = "blanked"
  blank.hidden = true
  const away = document.createElement("p")
  away.className = "room-notice server-away"
  away.setAttribute("role", "status")
  away.hidden = true
  parentElement.append(blank, away)
  const page = { blank, away, ended: new AbortController(), channel: new BroadcastChannel(CHANNEL) }
  const options = { signal: page.ended.signal }
  document.addEventListener("keydown", (event) => pressed(page, event), options)
  window.addEventListener("keydown", (event) => escaped(page, event), { ...options, capture: true })
  document.addEventListener("click", (event) => clicked(page, event), options)
  window.addEventListener("resize", () => fit(page), options)
  window.addEventListener("popstate", () => wentBack(page), options)
  page.channel.onmessage = ({ data }) => heard(page, data)
  page.ticking = setInterval(() => page.data.role === "notes" && tick(page), 500)
  page.observer = new MutationObserver((changes) => {
    if (page.data) showAway(page)
    if (changes.some(({ addedNodes }) => addedNodes.length)) {
      fit(page)
      if (page.data?.role === "notes") tick(page)
    }
  })
  page.observer.observe(document.body, { childList: true, subtree: true })
  // Italics and letters with rare marks are fetched with the first slide that has them.
  document.fonts?.addEventListener("loadingdone", () => fit(page), options)
  return page
}

function presenting(page) {
  return page.data.role !== "prepare"
}

// ---- where one is, which the address alone says

function place() {
  const query = new URLSearchParams(location.search)
  return { slide: Number(query.get("slide")) || 0, stage: Number(query.get("stage")) || 0 }
}

function at(page) {
  const { slide, stage } = place()
  const { places } = page.data
  const found = places.findIndex(([s, t]) => s === slide && t === stage)
  return found >= 0 ? found : places.findIndex(([s]) => s === slide)
}

function turnTo(page, change) {
  const query = new URLSearchParams(location.search)
  for (const [key, value] of Object.entries(change)) {
    if (value) query.set(key, value)
    else query.delete(key)
  }
  const search = query.toString()
  if (`?${search}` === location.search) return
  page.turning = true
  history.pushState({}, "", `${location.pathname}${search ? `?${search}` : ""}`)
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }))
  page.turning = false
  if (page.data.role === "projector") tellShown(page)
}

function step(page, to) {
  // From how the room is joined one goes on to the slide that stood there, whole.
  if (joining(page)) {
    join(page, false)
    return
  }
  const { places } = page.data
  goTo(page, ...places[Math.max(0, Math.min(to, places.length - 1))])
}

function goTo(page, slide, stage) {
  page.joining = false
  turnTo(page, { slide, stage, show: page.data.role === "notes" ? "notes" : "" })
  tell(page, { slide, stage, hands: new URLSearchParams(location.search).get("hands") ?? "" })
}

// ---- the other window

function tell(page, said) {
  page.channel.postMessage({ plan: page.data.plan, ...said })
}

function heard(page, said) {
  if (!presenting(page)) return
  if (said?.shows) {
    heardShown(page, said)
    return
  }
  if (said?.asks && page.data.role === "projector") {
    tellShown(page, true)
    tell(page, { typed: page.data.typed })
    return
  }
  if (said?.plan !== page.data.plan) return
  if ("blank" in said) {
    page.blanked = Boolean(said.blank)
    showBlank(page)
    return
  }
  if ("room" in said) {
    heardOfRoom(page, said.room)
    return
  }
  if ("mark" in said) {
    page.mark = said.mark
    if (said.mark !== page.data.mark) page.lookAgain()
    return
  }
  if ("join" in said) {
    if (page.data.role === "projector") turnTo(page, { show: said.join ? "join" : "" })
    else page.joining = Boolean(said.join)
    showProjector(page)
    return
  }
  if ("typed" in said) {
    const isNews = JSON.stringify(said.typed) !== JSON.stringify(page.data.typed)
    if (page.data.role === "notes" && isNews) page.takeTyped(said.typed)
    return
  }
  const known = page.data.places.some(([s, t]) => s === said.slide && t === said.stage)
  if (!known) return
  if (typeof said.hands === "string") page.told = said.hands
  page.joining = false
  const show = page.data.role === "notes" ? "notes" : ""
  turnTo(page, { slide: said.slide, stage: said.stage, hands: said.hands, show })
}

// ---- the projector may show how to join, or another plan: the presenter's window says so

function tellShown(page, always = false) {
  const shows = { debate: page.data.debate, name: page.data.name, search: location.search }
  const now = JSON.stringify([page.data.plan, shows])
  if (page.shown === now && !always) return
  page.shown = now
  tell(page, { shows })
}

function heardShown(page, { plan, shows }) {
  if (page.data.role !== "notes" || shows.debate !== page.data.debate) return
  page.elsewhere = plan === page.data.plan ? null : { plan, ...shows }
  page.joining = new URLSearchParams(shows.search).get("show") === "join"
  showProjector(page)
}

function showProjector(page) {
  if (page.data.role !== "notes") return
  const { elsewhere } = page
  put("shows", elsewhere ? otherPlan(page) : page.joining ? JOIN_IS_SHOWN : "")
  const link = document.querySelector("[data-follow]")
  if (link) link.hidden = !elsewhere
  if (!link || !elsewhere) return
  const query = new URLSearchParams(elsewhere.search)
  query.set("show", "notes")
  const href = `${location.pathname}?${query}`
  if (link.getAttribute("href") !== href) link.setAttribute("href", href)
}

function otherPlan(page) {
  const { plan, name } = page.elsewhere
  const title = name || kept(page).find((one) => one.plan === plan)?.title
  return `The projector now shows another plan${title ? `: “${title}”` : " of your own"}.`
}

// ---- the room: opened or forgotten in one window it is so in the other

function tellRoom(page, before) {
  const { room, mark, role } = page.data
  if (before ? before.room !== room : room) tell(page, { room })
  if (!before && role === "notes") tell(page, { asks: "what the projector shows" })
  if (before && before.mark !== mark && page.mark !== mark) tell(page, { mark })
  page.mark = mark
}

// The room's cookie comes with a new connection, so the page is loaded anew.
function heardOfRoom(page, room) {
  const query = new URLSearchParams(location.search)
  if (typeof room !== "string" || (query.get("room") ?? "") === room) return
  if (room) query.set("room", room)
  else query.delete("room")
  location.assign(`${location.pathname}?${query}`)
}

function joining(page) {
  if (page.data.role === "notes") return Boolean(page.joining)
  return new URLSearchParams(location.search).get("show") === "join"
}

function join(page, shown) {
  if (!page.data.room) return
  if (page.data.role === "projector") turnTo(page, { show: shown ? "join" : "" })
  page.joining = shown
  showProjector(page)
  tell(page, { join: shown })
}

// Back and Forward step too; the other window is told of them.
function wentBack(page) {
  if (page.turning || !presenting(page)) return
  const { slide, stage } = place()
  const hands = new URLSearchParams(location.search).get("hands") ?? ""
  if (slide) tell(page, { slide, stage, hands })
  if (page.data.role === "projector") tellShown(page)
}

// ---- the server away: Streamlit's own dialog would cover the slide, so that it is said quietly

const AWAY = "The server cannot be reached just now. What is shown stays; this page goes on by itself."

function showAway(page) {
  const isAway = presenting(page) && Boolean(document.querySelector("[data-testid=stDialog]"))
  if (page.away.hidden !== isAway) return
  page.away.hidden = !isAway
  page.away.textContent = isAway ? AWAY : ""
}

// ---- keys and clicks

function busy(event) {
  const target = event.target
  if (!(target instanceof Element)) return false
  if (document.querySelector(FORM)) return true
  if (target.closest("input, textarea, select, [contenteditable], [role=combobox]")) return true
  return event.key === " " && Boolean(target.closest("button, a, summary"))
}

// Where hands were counted one goes on with the keys of the slide, not of the button left behind.
function leaveForm(tries = 8) {
  const button = document.activeElement?.closest("[data-testid=stPopoverButton]")
  if (button && !document.querySelector(FORM)) button.blur()
  else if (tries) setTimeout(() => leaveForm(tries - 1), FOCUS_AFTER)
}

function escaped(page, event) {
  if (event.key === "Escape" && presenting(page) && document.querySelector(FORM)) leaveForm()
}

function countedHands(target) {
  const form = target?.closest(FORM)
  if (!form || !target.closest("[data-testid=stFormSubmitButton] button")) return
  setTimeout(() => {
    if (!form.isConnected || form.querySelector("[role=alert]")) return
    form.dispatchEvent(new KeyboardEvent("keydown", ESCAPE))
  }, COUNTED_AFTER)
}

function pressed(page, event) {
  if (event.key === "Escape" && !event.isTrusted) return
  if (!presenting(page) || event.ctrlKey || event.metaKey || event.altKey || busy(event)) return
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const act = acts(page, event.shiftKey && key === " " ? "PageUp" : key)
  if (!act) return
  event.preventDefault()
  act()
}

function acts(page, key) {
  if (FORWARD.has(key)) return () => step(page, at(page) + 1)
  if (BACKWARD.has(key)) return () => step(page, at(page) - 1)
  return {
    Home: () => step(page, 0),
    End: () => step(page, page.data.places.length - 1),
    b: () => blank(page),
    f: () => fullScreen(),
    j: page.data.room ? () => join(page, !joining(page)) : undefined,
    // In the presenter's window Escape closes what is open and never leaves the seminar.
    Escape: page.data.role === "projector" ? () => leave(page) : undefined,
  }[key]
}

function leave(page) {
  turnTo(page, { slide: "", stage: "", show: "" })
}

function clicked(page, event) {
  const target = event.target instanceof Element ? event.target : null
  const by = target?.closest("[data-step]")?.dataset.step
  if (presenting(page)) countedHands(target)
  else page.moved = movedStep(target)
  if (by) step(page, at(page) + Number(by))
  else if (target?.closest("[data-join]")) join(page, !joining(page))
  else if (target?.closest("[data-place]")) {
    goTo(page, ...target.closest("[data-place]").dataset.place.split(".").map(Number))
  } else if (target?.closest("[data-blank]")) blank(page)
  else if (target?.closest("[data-clock-pause]")) pause(page)
  else if (target?.closest("[data-clock-again]")) again(page)
}

// A step that is moved takes the focus along, so that the same key moves it on.
function movedStep(target) {
  const classes = target?.closest("[class*=st-key-plan_up_], [class*=st-key-plan_down_]")?.className
  const [, way, place] = classes?.match(/st-key-plan_(up|down)_(\d+)/) ?? []
  return way && { way, to: Number(place) + (way === "up" ? -1 : 1) }
}

function followStep(page) {
  const { way, to } = page.moved
  page.moved = null
  setTimeout(() => {
    const names = way === "up" ? ["up", "down"] : ["down", "up"]
    const buttons = names.map((name) => document.querySelector(`.st-key-plan_${name}_${to} button`))
    buttons.find((button) => button && !button.disabled)?.focus()
  }, FOCUS_AFTER)
}

function blank(page) {
  page.blanked = !page.blanked
  showBlank(page)
  tell(page, { blank: page.blanked })
}

function showBlank(page) {
  page.blank.hidden = !(page.blanked && page.data.role === "projector")
  put("blank", page.blanked ? "The projector is blank; B shows it again." : "")
}

function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen()
  else document.documentElement.requestFullscreen?.()
}

// ---- a slide that holds more than fits is set smaller, each column by itself; where that is not
// enough it is crowded: it does without what was just seen, and only then is below what a room can read

function fit() {
  for (const body of document.querySelectorAll(".room-slide .slide-body")) {
    const slide = body.closest(".room-slide")
    const columns = [...body.querySelectorAll(":scope > :is(.slide-words, .slide-told)")]
    const parts = columns.length ? columns : [body]
    slide.classList.remove("crowded")
    parts.forEach(setLegibly)
    if (!parts.some(overflows)) continue
    slide.classList.add("crowded")
    parts.forEach(setLegibly)
    parts.forEach(setSmall)
  }
}

function setLegibly(part) {
  setSize(part, 1, LEGIBLE)
  for (let size = 0.96; size > 0.3 && overflows(part); size -= 0.04) setSize(part, size, LEGIBLE)
}

function setSmall(part) {
  for (let size = 0.95; size > 0.25 && overflows(part); size -= 0.05) {
    setSize(part, size, size * LEGIBLE)
  }
}

function setSize(part, size, floor) {
  part.style.setProperty("--fit", size)
  part.style.setProperty("--floor", floor)
}

// Only what cuts counts: the letters of a single line may reach beyond its own box.
function overflows(node) {
  return [node, ...node.children].some(
    (n) => n.scrollHeight > n.clientHeight + 1 && getComputedStyle(n).overflowY !== "visible",
  )
}

// ---- own title and notes, kept in this browser alone

function store(page) {
  return `seminar-notes ${page.data.debate}`
}

function kept(page) {
  try {
    const held = JSON.parse(localStorage.getItem(store(page)) ?? "[]")
    return Array.isArray(held) ? held.filter((one) => Array.isArray(one?.notes)) : []
  } catch {
    return []
  }
}

function keepNotes(page) {
  const { plan, title, notes } = page.data
  const now = JSON.stringify([plan, title, notes])
  if (!plan || page.seen === now) return
  const held = kept(page)
  const before = held.find((one) => one.plan === plan)
  const first = page.seen === undefined
  page.seen = now
  const isOwn = Boolean(title) || notes.some(Boolean)
  if (first && before && !isOwn) {
    setTimeout(() => page.keep({ title: before.title ?? "", notes: before.notes }), 50)
    return
  }
  const others = held.filter((one) => one.plan !== plan)
  const own = isOwn ? [{ plan, title, notes }] : []
  try {
    localStorage.setItem(store(page), JSON.stringify([...own, ...others].slice(0, MOST_PLANS)))
  } catch {
    // A browser that keeps nothing shows no own notes in the presenter's window.
  }
}

function fillNotes(page) {
  const held = kept(page).find((one) => one.plan === page.data.plan)
  for (const node of document.querySelectorAll("[data-own-step]")) {
    const text = String(held?.notes[Number(node.dataset.ownStep)] ?? "")
    if (node.textContent !== text) node.textContent = text
  }
  if (!held?.title) return
  for (const link of document.querySelectorAll("a[data-titled]")) {
    const address = new URL(link.href)
    address.searchParams.set("title", held.title)
    if (link.href !== address.href) link.href = address.href
  }
}

// ---- what was typed on slides: kept in this tab, so that a reload brings it back, and shown in
// the other window

const TYPED = "seminar-typed"

function keepTyped(page, before) {
  const { plan, typed, role } = page.data
  if (role !== "projector") return
  const text = JSON.stringify(typed)
  if (!before && !typed.length) {
    const held = typedBefore()
    if (held?.plan === plan && held.typed?.length) setTimeout(() => page.takeTyped(held.typed), 50)
    return
  }
  if (page.typed === text) return
  page.typed = text
  tell(page, { typed })
  try {
    sessionStorage.setItem(TYPED, JSON.stringify({ plan, typed }))
  } catch {
    // Without a store a reload loses it; the page offers to save it as a file.
  }
}

function typedBefore() {
  try {
    return JSON.parse(sessionStorage.getItem(TYPED) ?? "null")
  } catch {
    return null
  }
}

// ---- the time

function put(name, text) {
  const node = document.querySelector(`[data-clock=${name}]`)
  if (node && node.textContent !== text) node.textContent = text
}

function tick(page) {
  if (page.data.role !== "notes") return
  const { slide, stage } = place()
  const activity = page.data.activities[slide - 1] ?? 0
  const planned = page.data.minutes[slide - 1] ?? 0
  const seconds = elapsed(page, `activity ${activity}`)
  put("elapsed", minutes(seconds))
  const left = planned * 60 - seconds
  if (!planned) put("planned", "No time planned")
  else if (left >= 0) put("planned", `${minutes(left)} left of ${planned} min`)
  else put("planned", `${minutes(-left)} over ${planned} min`)
  put("stage", `This stage ${minutes(elapsed(page, `place ${slide} ${stage}`))}`)
  put("now", new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }))
  const button = document.querySelector("[data-clock-pause]")
  const label = timers(page).paused ? "Go on" : "Pause"
  if (button && button.textContent !== label) button.textContent = label
  showBlank(page)
  showProjector(page)
  fillNotes(page)
}

function minutes(seconds) {
  const whole = Math.max(0, Math.floor(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`
}

// When each activity and stage began, and when the time was stopped: kept for a reload.
function timers(page) {
  if (page.timers?.plan === page.data.plan) return page.timers
  let held = null
  try {
    held = JSON.parse(sessionStorage.getItem("seminar-timers") ?? "null")
  } catch {
    held = null
  }
  page.timers = held?.plan === page.data.plan ? held : { plan: page.data.plan, began: {}, paused: 0 }
  return page.timers
}

function saveTimers(page) {
  try {
    sessionStorage.setItem("seminar-timers", JSON.stringify(page.timers))
  } catch {
    // Without a store the time begins anew after a reload.
  }
}

function elapsed(page, name) {
  const held = timers(page)
  const now = held.paused || Date.now()
  if (!held.began[name]) {
    held.began[name] = now
    saveTimers(page)
  }
  return (now - held.began[name]) / 1000
}

function pause(page) {
  const held = timers(page)
  if (held.paused) {
    const stood = Date.now() - held.paused
    for (const name of Object.keys(held.began)) held.began[name] += stood
    held.paused = 0
  } else held.paused = Date.now()
  saveTimers(page)
  tick(page)
}

function again(page) {
  const held = timers(page)
  const { slide, stage } = place()
  const now = held.paused || Date.now()
  held.began[`activity ${page.data.activities[slide - 1] ?? 0}`] = now
  held.began[`place ${slide} ${stage}`] = now
  saveTimers(page)
  tick(page)
}
