// Shows HTML of ours. What is shown is only replaced by something else, so that a selection in
// it and the place where one reads stay.

const places = new WeakMap()

export default function ownHtml({ data, parentElement }) {
  let place = places.get(parentElement)
  if (!place) {
    place = { node: document.createElement("div"), html: null }
    parentElement.append(place.node)
    places.set(parentElement, place)
  }
  if (place.html !== data.html) {
    place.html = data.html
    const open = [...place.node.querySelectorAll("details[data-stays][open]")]
    const stays = new Set(open.map((node) => node.dataset.stays))
    place.node.innerHTML = data.html
    for (const node of place.node.querySelectorAll("details[data-stays]")) {
      node.open = stays.has(node.dataset.stays)
    }
    arrive(place, place.node.firstElementChild?.dataset.arrived)
  }
}

// Who goes on to something else reads it from the top of the page.
function arrive(place, arrived) {
  if (place.arrived !== undefined && place.arrived !== arrived) {
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)
  }
  place.arrived = arrived
}
