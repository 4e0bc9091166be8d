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
  return () => {
    place.ended.abort()
    places.delete(parentElement)
  }
}

function create(parentElement) {
  const place = { node: document.createElement("div"), ended: new AbortController() }
  parentElement.append(place.node)
  const answered = ({ detail }) => (detail ? goAhead(place, detail) : catchUp(place))
  place.node.addEventListener("answered-ahead", answered, { signal: place.ended.signal })
  return place
}

function goAhead(place, html) {
  if (view(html) === view(place.sent)) {
    catchUp(place)
    return
  }
  place.ahead = view(html)
  show(place, html)
}

// What the session sent answers an earlier choice, and the next one is on its way.
function wait(place) {
  clearTimeout(place.waiting)
  place.waiting = setTimeout(() => catchUp(place), AHEAD_AT_MOST)
}

// Whether what is shown was answered ahead, and not yet by the session.
function isAhead(place) {
  return place.ahead !== undefined && place.ahead !== view(place.sent)
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
  place.html = html
  const hadFocus = place.node.contains(document.activeElement)
  const open = [...place.node.querySelectorAll("details[data-stays][open]")]
  const stays = new Set(open.map((node) => node.dataset.stays))
  place.node.innerHTML = html
  for (const node of place.node.querySelectorAll("details[data-stays]")) {
    node.open = stays.has(node.dataset.stays)
  }
  arrive(place, place.node.firstElementChild?.dataset.arrived)
  if (hadFocus) place.node.querySelector("[data-read-on]")?.focus({ preventScroll: true })
}

// Who goes on to something else reads it from the top of the page.
function arrive(place, arrived) {
  if (place.arrived !== undefined && place.arrived !== arrived) {
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)
  }
  place.arrived = arrived
}
