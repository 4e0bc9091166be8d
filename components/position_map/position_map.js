// Draws the map's Plotly figure and makes every mark reachable without a mouse.
//
// Streamlit calls the default export again on every run. The figure is drawn anew only when its
// id or the width changes; filters only change opacities, so nothing moves. Over the chart lies
// one button a mark and one a row: the keyboard and a screen reader meet those, the pointer
// meets the chart. Text reaches the page through textContent and setAttribute alone.

const NEAR = 16
const POINTED = 2000
const NAMED_AFTER = 150
const FAINT = 0.13
const SPAN = 0.11
const SPAN_FAINT = 0.04
const LONGEST_NAME = 11
const NARROW = 640
const LEAST_PROJECTED = 24.5
const LEFT_PROJECTED = 11.5
const AROUND = 0.19
const LINE = 1.5
const instances = new WeakMap()
let loading

function loadPlotly(url) {
  if (window.Plotly) return Promise.resolve(window.Plotly)
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script")
    script.src = url
    script.onload = () => resolve(window.Plotly)
    script.onerror = () => reject(new Error("The drawing library did not load."))
    document.head.append(script)
  })
  return loading
}

export default function positionMap({ data, parentElement, setTriggerValue }) {
  let map = instances.get(parentElement)
  if (!map) {
    map = create(parentElement)
    instances.set(parentElement, map)
  }
  map.data = data
  plan(map)
  map.choose = setTriggerValue
  map.root.setAttribute("aria-label", data.label)
  map.root.style.minHeight = `${data.height * scaleOf(map)}px`
  Promise.all([loadPlotly(data.plotly), map.planned])
    .then(([Plotly]) => draw(Plotly, map))
    .catch((error) => {
      map.root.dataset.failed = "yes"
      map.root.title = error.message
    })
  // Streamlit calls this too when a newer call overtook this one's loading: the part is still there.
  return () => setTimeout(() => {
    if (parentElement.isConnected) return
    map.observer.disconnect()
    map.ended.abort()
    if (window.Plotly) window.Plotly.purge(map.chart)
    instances.delete(parentElement)
  })
}

// Reads what is to be drawn: from the data, or for a large map once from its address.
function plan(map) {
  const { plan, address, figure_id: id } = map.data
  if (map.asked === id) return
  map.asked = id
  map.planned = (address ? fetched(address) : Promise.resolve(plan)).then(
    (text) => {
      if (map.asked === id) map.plan = { id, ...JSON.parse(text) }
    },
    (error) => {
      map.asked = ""
      throw error
    },
  )
}

async function fetched(address) {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error("The map did not load.")
  return answer.text()
}

function create(parentElement) {
  const root = document.createElement("div")
  root.className = "position-map"
  root.setAttribute("role", "group")
  const chart = document.createElement("div")
  chart.className = "position-map-chart"
  chart.setAttribute("aria-hidden", "true")
  const keys = document.createElement("div")
  keys.className = "position-map-keys"
  const rowKeys = document.createElement("div")
  const markKeys = document.createElement("div")
  rowKeys.setAttribute("role", "group")
  rowKeys.setAttribute("aria-label", "Rows of the map")
  markKeys.setAttribute("role", "listbox")
  markKeys.setAttribute("aria-label", "Marks of the map")
  keys.append(rowKeys, markKeys)
  root.append(chart, keys)
  parentElement.append(root)
  const map = { root, chart, keys, rowKeys, markKeys, drawn: "", marks: [], rows: [], pointed: -Infinity, ended: new AbortController() }
  map.observer = new ResizeObserver(() => {
    if (window.Plotly && map.data) draw(window.Plotly, map)
  })
  map.observer.observe(root)
  listen(map)
  return map
}

// ---- drawing

function scaleOf(map) {
  if (!map.data.projected) return 1
  // The page's style says how much of the window, by its width, stands above and below the map.
  const around = Number(getComputedStyle(map.root).getPropertyValue("--around-map")) || AROUND
  const room = window.innerHeight - around * window.innerWidth
  return Math.max(0.8, Math.min(room / map.data.height, window.innerWidth / 900, 2.4))
}

function draw(Plotly, map) {
  const width = map.root.clientWidth
  if (!width || map.plan?.id !== map.data.figure_id) return
  const scale = scaleOf(map)
  const drawn = `${map.data.figure_id} ${width} ${scale}`
  if (drawn !== map.drawn) {
    drawAnew(Plotly, map, width, scale)
    map.drawn = drawn
  }
  emphasise(map)
  map.root.dataset.ready = map.data.figure_id
}

function drawAnew(Plotly, map, width, scale) {
  const figure = fitted(structuredClone(map.plan.figure), width, scale)
  const lit = litOf(map.data)
  for (const trace of figure.data) {
    if (trace.meta.part === "marks") trace.marker.opacity = opacitiesOf(trace, lit)
    else trace.opacity = opacityOf(trace, lit)
  }
  spansIn(figure.layout, map.plan).forEach(([shape, marks]) => (shape.opacity = spanOf(marks, lit)))
  Plotly.react(map.chart, figure.data, figure.layout, {
    displayModeBar: false,
    responsive: false,
    scrollZoom: false,
    doubleClick: false,
  })
  map.root.style.minHeight = `${figure.layout.height}px`
  map.root.style.setProperty("--map-scale", scale)
  map.shown = shownOf(map.data)
  map.traces = tracesOf(map.chart)
  map.spans = spanNodes(map.chart, map.plan)
  buttons(map)
  if (map.listening) return
  map.listening = true
  // Plotly's click names the mark it last saw the pointer over, which lags behind a quick hand;
  // so it counts only where no pointer was at work.
  map.chart.on("plotly_click", (event) => {
    if (performance.now() - map.pointed < POINTED) return
    const point = event.points.find((p) => p.customdata)
    if (point) choose(map, "passage", point.customdata[0])
  })
}

// ---- what stands out

function emphasise(map) {
  const lit = litOf(map.data)
  if (shownOf(map.data) !== map.shown) {
    restyle(map, lit)
    map.shown = shownOf(map.data)
  }
  mark(map, lit)
}

// Shows another emphasis before the server has answered; its answer follows. `groups` are the
// groups of passages to be lit. Nothing here asks how large anything is, which would lay the page
// out once more.
function emphasiseAhead(map, { groups, ...emphasis }) {
  if (!map.drawn || map.plan?.id !== map.data.figure_id) return
  map.data = { ...map.data, ...emphasis }
  if (groups) map.data.lit = marksOf(map.plan, groups)
  emphasise(map)
}

function marksOf({ groups }, wanted) {
  return Object.keys(groups).filter((id) => groups[id].some((group) => wanted.has(group)))
}

function shownOf(data) {
  return data.lit === null ? "all" : data.lit.join("\n")
}

function litOf(data) {
  const lit = data.lit === null ? null : new Set(data.lit)
  return (id) => lit === null || lit.has(id)
}

function opacitiesOf(trace, lit) {
  return trace.customdata.map(([id]) => (lit(id) ? 1 : FAINT))
}

// An arrow is as bright as its passage; a middle tick as the brightest passage of its author.
function opacityOf({ meta }, lit) {
  return (meta.part === "drift" ? lit(meta.passage) : meta.passages.some(lit)) ? 1 : FAINT
}

// An author's bar is strong while any mark of the row is lit.
function spanOf(marks, lit) {
  return marks.some(lit) ? SPAN : SPAN_FAINT
}

// The bars, each with its place among the shapes and with the marks of its row.
function spansIn({ shapes }, { spans }) {
  const bars = shapes.map((shape, i) => [shape, i]).filter(([shape]) => shape.name === "span")
  return bars.map(([shape, i], n) => [shape, spans[n], i])
}

// Changes opacities in place. Plotly's own restyle computes the whole figure anew, which takes
// most of the time of a click; the figure it keeps is kept in step.
function restyle(map, lit) {
  for (const part of map.traces) {
    if (part.trace.meta.part === "marks") {
      restyleMarks(part, opacitiesOf(part.trace, lit))
    } else {
      part.trace.opacity = part.full.opacity = opacityOf(part.trace, lit)
      if (part.group) part.group.style.opacity = part.trace.opacity
    }
  }
  for (const { shape, full, marks, node } of map.spans) {
    const opacity = spanOf(marks, lit)
    if (opacity === shape.opacity) continue
    shape.opacity = full.opacity = opacity
    if (node) node.style.opacity = opacity
  }
}

// Marks of one school that are all as bright are dimmed as one: each element that changes costs.
function restyleMarks(part, wanted) {
  const alike = wanted.every((opacity) => opacity === wanted[0])
  const whole = alike ? wanted[0] : 1
  if (whole !== part.whole) part.group.style.opacity = part.whole = whole
  wanted.forEach((opacity, i) => {
    part.calc[i].mo = opacity
    const own = alike ? 1 : opacity
    if (own !== part.own[i]) part.points[i].style.opacity = part.own[i] = own
  })
  part.trace.marker.opacity = part.full.marker.opacity = wanted
}

// What Plotly keeps of each trace, and the elements it drew for it.
function tracesOf(chart) {
  return chart.data.map((trace, i) => {
    const full = chart._fullData[i]
    const group = chart.querySelector(`.scatterlayer .trace${full.uid}`)
    const points = [...(group?.querySelectorAll(".point") ?? [])]
    const own = trace.meta.part === "marks" ? [...trace.marker.opacity] : []
    return { trace, full, calc: chart.calcdata[i], group, points, own, whole: 1 }
  })
}

// What Plotly keeps of each bar, and the element it drew for it.
function spanNodes(chart, plan) {
  return spansIn(chart.layout, plan).map(([shape, marks, i]) => {
    const node = chart.querySelector(`.shapelayer path[data-index="${i}"]`)
    return { shape, full: chart._fullLayout.shapes[i], marks, node }
  })
}

// Fits the figure to a narrow column, or enlarges it for a projector. Only sizes in pixels
// change; positions along the axis and the rows stay what they are.
function fitted(figure, width, scale) {
  const { layout, data } = figure
  const narrow = width < NARROW
  if (narrow) {
    layout.margin.l = roomForNames(layout.annotations)
    layout.margin.r = 14
    layout.margin.t += 12
    layout.margin.b += 34
    layout.height += 46
    for (const note of layout.annotations) {
      if (note.name === "step") note.visible = false
      if (note.name === "help") note.text = rewrapped(note.text, width < 480 ? 18 : 26)
      if (note.name === "lane") note.text = note.text.replace(" ", "<br>")
      if (note.name === "pole") note.font.size = 14
      // The first pole begins at its step, so that it does not touch the lane's name.
      if (note.name === "pole" && note.x === layout.annotations.find((n) => n.name === "pole").x) {
        Object.assign(note, { xanchor: "left", xshift: -12 })
      }
      if (note.name === "row") note.font.size = 14.5
      if (note.name === "row") note.xshift = -6
      if (note.name === "row" && !note.text.includes("<span")) note.font.size = 12.5
      if (note.name === "row") note.text = narrowed(note.text)
      if (note.name === "band") note.xshift = -layout.margin.l
    }
  }
  if (!narrow) {
    const wide = Math.min(widestName(layout), width / 3)
    layout.margin.l = Math.max(layout.margin.l, Math.ceil(wide))
    for (const note of layout.annotations) if (note.name === "band") note.xshift = -layout.margin.l
  }
  if (scale !== 1) {
    const least = (LEAST_PROJECTED * window.innerWidth) / 1920
    const times = (o, ...keys) => keys.forEach((k) => o[k] !== undefined && (o[k] *= scale))
    times(layout, "height")
    times(layout.margin, "l", "r", "t", "b")
    layout.margin.l = Math.max(layout.margin.l, LEFT_PROJECTED * least)
    times(layout.font, "size")
    times(layout.hoverlabel.font, "size")
    for (const note of layout.annotations) {
      times(note, "xshift", "yshift")
      if (note.name === "band") note.xshift = -layout.margin.l
      note.font.size = Math.max(note.font.size * scale, least)
      note.text = note.text.replace(/font-size:([\d.]+)px/g, (_, n) => `font-size:${Math.max(n * scale, least)}px`)
    }
    makeRoom(layout, "t", ["lane", "pole", "step"])
    makeRoom(layout, "b", ["help"])
    for (const shape of layout.shapes) if (shape.line) times(shape.line, "width")
    for (const trace of data) {
      if (trace.marker?.size) trace.marker.size = trace.marker.size.map((s) => s * scale)
      if (trace.marker?.line) times(trace.marker.line, "width")
      if (trace.line) times(trace.line, "width")
    }
  }
  layout.width = width
  // A finger that rests on a mark would cover it with what is said of it.
  if (window.matchMedia("(hover: none)").matches) layout.hovermode = false
  return figure
}

// The width of the widest of the rows' names as they are set, with what parts it from the map.
function widestName(layout) {
  const pen = document.createElement("canvas").getContext("2d")
  const widths = layout.annotations.filter((note) => note.name === "row").map((note) => {
    const read = new DOMParser().parseFromString(note.text.replace(/<br>/g, " "), "text/html")
    pen.font = `${note.font.size}px ${note.font.family ?? layout.font.family}`
    return pen.measureText(read.body.textContent).width + Math.abs(note.xshift)
  })
  return Math.max(0, ...widths) + 4
}

// How much room the rows' names need beside a narrow map; longer ones than these are shortened.
function roomForNames(notes) {
  const names = notes.filter((note) => note.name === "row" && note.text.includes("<span"))
  const longest = Math.max(0, ...names.map(({ text }) => text.split(" <span")[0].length))
  const digits = Math.max(0, ...names.map(({ text }) => (text.match(/>(\d+)<\/span>$/)?.[1] ?? "").length))
  return 88 + 8 * Math.max(0, Math.min(longest, LONGEST_NAME) - 9) + 7 * Math.max(0, digits - 2)
}

// Widens a margin to hold the texts of these names in full.
function makeRoom(layout, side, names) {
  const texts = layout.annotations.filter((note) => names.includes(note.name))
  const needed = texts.map((note) => note.text.split("<br>").length * note.font.size * LINE + Math.abs(note.yshift))
  const missing = Math.max(0, ...needed) - layout.margin[side]
  if (missing <= 0) return
  layout.margin[side] += missing
  layout.height += missing
}

// Breaks a short explanation into narrower lines; entities such as &amp; stay whole.
function rewrapped(text, width) {
  const lines = [""]
  for (const word of text.split(/<br>|\s+/)) {
    const line = lines[lines.length - 1]
    if (line && line.length + word.length + 1 > width) lines.push(word)
    else lines[lines.length - 1] = line ? `${line} ${word}` : word
  }
  return lines.join("<br>")
}

// A row's name without a count is broken into lines; one with a count stays on its line.
function narrowed(text) {
  if (!text.includes("<span")) return rewrapped(text, 11)
  return text.length > 60 ? shortened(text) : text
}

function shortened(text) {
  const [name, ...rest] = text.split(" <span")
  const plain = name.length > LONGEST_NAME ? `${name.slice(0, 10)}…` : name
  return rest.length ? [plain, ...rest].join(" <span") : plain
}

// ---- buttons over the chart

function buttons(map) {
  const { _fullLayout: full } = map.chart
  const toX = (x) => full.xaxis._offset + full.xaxis.l2p(x)
  const toY = (y) => full.yaxis._offset + full.yaxis.l2p(y)
  const focused = map.keys.contains(document.activeElement)
    ? document.activeElement.dataset.key
    : null
  map.marks = []
  map.rows = []
  map.chart.data.forEach((trace) => {
    if (trace.meta.part !== "marks") return
    trace.customdata.forEach(([id], i) => {
      const at = { x: toX(trace.x[i]), y: toY(trace.y[i]), id }
      at.node = button("mark", id, map.plan.names[id])
      at.node.style.left = `${at.x}px`
      at.node.style.top = `${at.y}px`
      map.marks.push(at)
    })
  })
  map.marks.sort((a, b) => a.y - b.y || a.x - b.x)
  for (const row of map.plan.rows) {
    const at = { x: toX(full.xaxis.range[0]), y: toY(row.y), id: row.key }
    at.node = button("row", row.key, row.name)
    at.node.style.top = `${at.y}px`
    at.node.style.width = `${Math.max(24, at.x - 4)}px`
    map.rows.push(at)
  }
  map.rowKeys.replaceChildren(...map.rows.map((at) => at.node))
  map.markKeys.replaceChildren(...map.marks.map((at) => at.node))
  const again = [...map.rows, ...map.marks].find((at) => at.node.dataset.key === focused)
  if (again) again.node.focus()
}

function button(kind, id, name) {
  const node = document.createElement("button")
  node.type = "button"
  node.className = `position-map-${kind}`
  node.dataset.kind = kind
  node.dataset.id = id
  node.dataset.key = `${kind} ${id}`
  node.setAttribute("aria-label", name)
  if (kind === "mark") node.setAttribute("role", "option")
  node.tabIndex = -1
  return node
}

// Shows which mark is read, which row is chosen, and which of them Tab reaches.
function mark(map, lit) {
  const { chosen, row } = map.data
  for (const at of map.marks) {
    const is = at.id === chosen
    if (at.chosen === is) continue
    at.chosen = is
    at.node.classList.toggle("chosen", is)
    at.node.setAttribute("aria-selected", String(is))
  }
  for (const at of map.rows) at.node.setAttribute("aria-pressed", String(at.id === row))
  reach(map.marks, chosen)
  reach(map.rows, row)
  // What is only heard may wait until what is seen is drawn.
  clearTimeout(map.naming)
  map.naming = setTimeout(() => name(map, lit), NAMED_AFTER)
}

function name(map, lit) {
  for (const at of map.marks) {
    const faint = !lit(at.id)
    if (at.faint === faint) continue
    at.faint = faint
    const name = map.plan.names[at.id]
    at.node.setAttribute("aria-label", faint ? `${name} Faint: the filters hide it.` : name)
  }
}

function reach(group, id) {
  const focused = group.find((at) => at.node === document.activeElement)
  const first = focused ?? group.find((at) => at.id === id) ?? group[0]
  for (const at of group) {
    const tab = at === first ? 0 : -1
    if (at.tab !== tab) at.node.tabIndex = at.tab = tab
  }
}

// ---- choosing

function choose(map, kind, id) {
  const now = performance.now()
  const same = map.last && map.last.id === id && now - map.last.at < 250
  map.last = { id, at: now }
  if (same) return
  if (kind === "passage") {
    emphasiseAhead(map, { chosen: id })
  }
  // What answers at once also tells the server.
  const told = new CustomEvent(`${kind}-picked`, { detail: id, cancelable: true })
  if (document.dispatchEvent(told)) map.choose(kind, id)
}

function listen(map) {
  const { root, chart, keys } = map
  document.addEventListener("map-emphasis", (event) => emphasiseAhead(map, event.detail), {
    signal: map.ended.signal,
  })
  let down = null
  chart.addEventListener(
    "pointerdown",
    (event) => {
      down = event.button === 0 ? { x: event.clientX, y: event.clientY } : null
      map.pointed = performance.now()
    },
    true,
  )
  window.addEventListener(
    "pointerup",
    (event) => {
      if (!down || !root.isConnected) return
      const moved = Math.hypot(event.clientX - down.x, event.clientY - down.y)
      down = null
      if (moved > 6) return
      const box = chart.getBoundingClientRect()
      const at = nearest(map.marks, event.clientX - box.left, event.clientY - box.top)
      if (at) choose(map, "passage", at.id)
    },
    { capture: true, signal: map.ended.signal },
  )
  chart.addEventListener("pointermove", (event) => {
    const box = chart.getBoundingClientRect()
    const at = nearest(map.marks, event.clientX - box.left, event.clientY - box.top)
    root.classList.toggle("near", Boolean(at))
  })
  keys.addEventListener("click", (event) => {
    const node = event.target.closest("button")
    if (!node) return
    choose(map, node.dataset.kind === "mark" ? "passage" : "row", node.dataset.id)
  })
  keys.addEventListener("keydown", (event) => move(map, event))
  keys.addEventListener("focusin", (event) => hover(map, event.target.dataset))
  keys.addEventListener("focusout", () => {
    if (window.Plotly && map.drawn) window.Plotly.Fx.unhover(map.chart)
  })
}

function nearest(group, x, y) {
  let best = null
  let distance = NEAR
  for (const at of group) {
    const d = Math.hypot(at.x - x, at.y - y)
    if (d < distance) [best, distance] = [at, d]
  }
  return best
}

function hover(map, { kind, id }) {
  if (kind !== "mark" || !window.Plotly || !map.drawn) return
  map.chart.data.some((trace, curveNumber) => {
    const pointNumber = (trace.customdata ?? []).findIndex(([each]) => each === id)
    if (pointNumber < 0) return false
    window.Plotly.Fx.hover(map.chart, [{ curveNumber, pointNumber }])
    return true
  })
}

const STEPS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

// Arrow keys move among marks by where they lie; the page's own arrow keys must not hear them.
function move(map, event) {
  const group = event.target.dataset.kind === "row" ? map.rows : map.marks
  const here = group.find((at) => at.node === event.target)
  if (!here || event.altKey || event.ctrlKey || event.metaKey) return
  let next = null
  if (event.key in STEPS) next = toward(group, here, STEPS[event.key])
  else if (event.key === "Home") next = group[0]
  else if (event.key === "End") next = group[group.length - 1]
  else return
  event.preventDefault()
  event.stopPropagation()
  if (!next) return
  here.node.tabIndex = here.tab = -1
  next.node.tabIndex = next.tab = 0
  next.node.focus()
}

function toward(group, here, [dx, dy]) {
  let best = null
  let least = Infinity
  for (const at of group) {
    const ahead = (at.x - here.x) * dx + (at.y - here.y) * dy
    const aside = Math.abs((at.x - here.x) * dy) + Math.abs((at.y - here.y) * dx)
    if (at === here || ahead < 1) continue
    const cost = ahead + aside * (dx ? 4 : 0.35)
    if (cost < least) [best, least] = [at, cost]
  }
  return best
}
