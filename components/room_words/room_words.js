// The presenter's list of what the room wrote. Text reaches the page through textContent.

const places = new WeakMap()

export default function roomWords({ data, parentElement, setTriggerValue }) {
  let place = places.get(parentElement)
  if (!place) {
    place = { list: document.createElement("ul") }
    place.list.className = "words-to-hide"
    place.list.addEventListener("click", (event) => pressed(place, event))
    parentElement.append(place.list)
    places.set(parentElement, place)
  }
  place.hide = (one) => setTriggerValue("hide", one)
  const text = JSON.stringify(data.words)
  if (place.text === text) return
  place.text = text
  show(place, data.words)
}

function pressed(place, event) {
  const button = event.target instanceof Element ? event.target.closest("button") : null
  if (!button) return
  const row = button.parentElement
  const hidden = !row.classList.contains("hidden")
  mark(row, hidden)
  place.hide({ id: button.dataset.id, hidden })
}

// Rows are kept where they are, so that the key one stands on stays under one's hand.
function show({ list }, words) {
  const rows = new Map([...list.children].map((row) => [row.lastElementChild.dataset.id, row]))
  words.forEach((one, at) => {
    const row = rows.get(one.id) ?? made(one)
    rows.delete(one.id)
    row.firstElementChild.textContent = one.text
    mark(row, one.hidden)
    if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null)
  })
  for (const row of rows.values()) row.remove()
}

function made({ id }) {
  const row = document.createElement("li")
  const said = document.createElement("span")
  said.dir = "auto"
  const button = document.createElement("button")
  button.type = "button"
  button.className = "text-button"
  button.dataset.id = id
  row.append(said, button)
  return row
}

function mark(row, hidden) {
  const [said, button] = row.children
  row.classList.toggle("hidden", hidden)
  button.textContent = hidden ? "Show again" : "Hide"
  button.setAttribute("aria-label", `${button.textContent}: ${said.textContent}`)
}
