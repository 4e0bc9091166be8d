// Shows HTML of ours. What is shown is only replaced by something else, so that a selection in
// it and the place where one reads stay. What was answered ahead of the session, by a plain
// request, is shown until the session has caught up.

const AHEAD_AT_MOST = 5000
const places = new WeakMap()

export default function ownHtml({ data, parentElement }) {
  let place = places.get(parentElement)
  if (!place) {
    place = create(parentElement)
    places.set(parentElement, place)
  }
  if (place.sent !== data.html) {
    place.sent = data.html
    if (isAhead(place)) wait(place)
    else catchUp(place)
  }
  // Streamlit calls this too when a newer call overtook this one's loading: the part is still there.
  return () => setTimeout(() => {
    if (parentElement.isConnected) return
    place.ended.abort()
    places.delete(parentElement)
  })
}

function create(parentElement) {
  const place = { node: document.createElement("div"), ended: new AbortController() }
  parentElement.append(place.node)
  const answered = ({ detail: { html, turned } }) => {
    if (html) goAhead(place, html, turned)
    else catchUp(place)
  }
  place.node.addEventListener("answered-ahead", answered, { signal: place.ended.signal })
  return place
}

function goAhead(place, html, turned) {
  const isKnown = view(html) === view(place.sent)
  // What the session sent last is what it will say again, so that it may stay silent; but it may
  // still be about to answer an earlier choice.
  place.ahead = { view: view(html), until: performance.now() + AHEAD_AT_MOST }
  show(place, isKnown ? place.sent : html)
  if (turned) readOn(place)
}

// Whether what is shown was answered ahead, and what the session sent answers an earlier choice.
function isAhead({ ahead, sent }) {
  return ahead && ahead.view !== view(sent) && performance.now() < ahead.until
}

function wait(place) {
  clearTimeout(place.waiting)
  place.waiting = setTimeout(() => catchUp(place), place.ahead.until - performance.now())
}

function view(html) {
  return /^<[^>]* data-view="([^"]*)"/.exec(html)?.[1]
}

// The session has the last word.
function catchUp(place) {
  clearTimeout(place.waiting)
  place.ahead = undefined
  show(place, place.sent)
}

function show(place, html) {
  if (place.html === html) return
  if (place.html === undefined) arriveByKey(place)
  place.html = html
  const hadFocus = place.node.contains(document.activeElement)
  const again = hadFocus && usedByKey(document.activeElement)
  const open = [...place.node.querySelectorAll("details[data-stays][open]")]
  const stays = new Set(open.map((node) => node.dataset.stays))
  place.node.innerHTML = html
  for (const node of place.node.querySelectorAll("details[data-stays]")) {
    node.open = stays.has(node.dataset.stays)
  }
  drawLater(place.node.querySelectorAll("[data-later]"))
  place.node.dispatchEvent(new CustomEvent("html-shown", { bubbles: true }))
  arrive(place, place.node.firstElementChild?.dataset.arrived)
  const same = again && place.node.querySelector(`[data-again="${CSS.escape(again)}"]`)
  if (same) same.focus({ preventScroll: true })
  else if (hadFocus) readOn(place)
}

// A button that is used by the keyboard keeps it, so that the same key goes on. After a click of
// the mouse the page's own keys count again.
function usedByKey(node) {
  return node.matches(":focus-visible") && node.dataset.again
}

// What comes below is drawn one frame after the rest, which need not wait for it.
function drawLater(nodes) {
  for (const node of nodes) node.classList.add("not-yet")
  requestAnimationFrame(() => setTimeout(() => {
    for (const node of nodes) node.classList.remove("not-yet")
  }))
}

// Who came here by a click or a key loses the place of the keyboard once what was clicked is gone,
// which may take a while.
function arriveByKey(place, tries = 10) {
  if (!navigator.userActivation?.hasBeenActive || !tries || place.ended.signal.aborted) return
  setTimeout(() => {
    if (document.activeElement === document.body) readOn(place)
    else arriveByKey(place, tries - 1)
  }, 200)
}

function readOn(place) {
  place.node.querySelector("[data-read-on]")?.focus({ preventScroll: true })
}

// Who goes on to something else reads it from the top of the page.
function arrive(place, arrived) {
  if (place.arrived !== undefined && place.arrived !== arrived) {
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)
  }
  place.arrived = arrived
}
