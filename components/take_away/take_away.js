// Shows the row of what can be taken away, and makes a PNG of the map's SVG on demand.

const SCALE = 2
const places = new WeakMap()

export default function takeAway({ data, parentElement }) {
  let place = places.get(parentElement)
  if (!place) {
    place = { node: document.createElement("div"), html: null }
    parentElement.append(place.node)
    place.node.addEventListener("click", (event) => {
      const button = event.target.closest("[data-png]")
      if (button) save(place.node, button)
    })
    places.set(parentElement, place)
  }
  if (place.html === data.html) return
  place.html = data.html
  const focused = [...place.node.querySelectorAll("a, button")].indexOf(document.activeElement)
  place.node.innerHTML = data.html
  if (focused >= 0) place.node.querySelectorAll("a, button")[focused]?.focus()
}

async function save(node, button) {
  const said = node.querySelector(".take-away-said")
  if (button.getAttribute("aria-disabled")) return
  button.setAttribute("aria-disabled", "true")
  said.textContent = ""
  try {
    const svg = await fetch(button.dataset.png)
    if (!svg.ok) throw new Error("There is no such map.")
    hand(await drawn(await svg.text()), button.dataset.file)
    said.textContent = "Saved."
  } catch {
    said.textContent = "The picture could not be made; take the SVG instead."
  }
  button.removeAttribute("aria-disabled")
}

// Draws an SVG file and returns it as a PNG, twice as fine as it is large.
async function drawn(svg) {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement("canvas")
    canvas.width = image.naturalWidth * SCALE
    canvas.height = image.naturalHeight * SCALE
    const context = canvas.getContext("2d")
    // A browser may draw a first time before the fonts in the file are read.
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    await new Promise((then) => setTimeout(then, 60))
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((then, fail) => {
      canvas.toBlob((blob) => (blob ? then(blob) : fail(new Error("No picture."))), "image/png")
    })
  } finally {
    URL.revokeObjectURL(address)
  }
}

function hand(blob, name) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
