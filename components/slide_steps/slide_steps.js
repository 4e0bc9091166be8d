// Steps through the quotes that are shown to a room, by the address alone: however fast a clicker
// is pressed, each press counts from where the last one led. Text reaches the page through
// textContent.

const BY = new Map([["ArrowRight", 1], ["PageDown", 1], ["ArrowLeft", -1], ["PageUp", -1]])
const TYPING = "input, textarea, select, [contenteditable]"
const places = new WeakMap()

export default function slideSteps({ data, parentElement }) {
  let place = places.get(parentElement)
  if (!place) {
    place = create(parentElement)
    places.set(parentElement, place)
  }
  place.data = data
  offer(place)
  // Streamlit calls this too when a newer call overtook this one's loading: the part is still there.
  return () => setTimeout(() => {
    if (parentElement.isConnected) return
    place.ended.abort()
    places.delete(parentElement)
  })
}

function create(parentElement) {
  const place = { ended: new AbortController() }
  const options = { signal: place.ended.signal }
  place.buttons = [["Previous", -1, "ArrowLeft PageUp"], ["Next", 1, "ArrowRight PageDown"]].map(
    ([label, by, keys]) => {
      const button = document.createElement("button")
      button.type = "button"
      button.textContent = label
      button.setAttribute("aria-keyshortcuts", keys)
      button.addEventListener("click", () => step(place, by), options)
      return { button, by }
    },
  )
  parentElement.append(...place.buttons.map(({ button }) => button))
  document.addEventListener("keydown", (event) => pressed(place, event), options)
  window.addEventListener("popstate", () => offer(place), options)
  return place
}

function pressed(place, event) {
  const by = BY.get(event.key)
  if (!by || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  if (event.target instanceof Element && event.target.closest(TYPING)) return
  event.preventDefault()
  step(place, by)
}

function offer(place) {
  for (const { button, by } of place.buttons) button.disabled = !next(place, by)
}

// Where a step leads: from the map into the quotes, from quote to quote, and back to the map.
function next({ data: { ids, here, begins } }, by) {
  const query = new URLSearchParams(location.search)
  const passage = query.get("passage") ?? here
  if (!here) return null
  if (query.get("show") === "map") return by > 0 ? ["quote", passage] : null
  const at = ids.includes(passage) ? ids.indexOf(passage) : ids.indexOf(here)
  const to = ids[at + by]
  if (at >= 0 && to !== undefined) return ["quote", to]
  return by < 0 && begins ? ["map", passage] : null
}

// The author is hidden again with each step.
function step(place, by) {
  const to = next(place, by)
  if (!to) return
  const query = new URLSearchParams(location.search)
  query.delete("reveal")
  query.set("show", to[0])
  query.set("passage", to[1])
  history.pushState({}, "", `${location.pathname}?${query}`)
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }))
}
