// Finds passages by words, in files that lie beside the page: one for each page of passages, read
// one after another until enough is found. Words are compared without accents and case, as the
// app compares them; what is found is lit character for character.

const AT_ONCE = 50
const KEPT = 30
const PAUSE = 150

const PLAIN = { "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "–": "-", "—": "-", "‐": "-", "‑": "-" }
const UNSEEN = /[\u00ad\u200b-\u200f\u2060\ufeff]/gu
const TYPED = /[‘’‚‛“”„‟–—‐‑]/gu
const ASCII = /^[\x00-\x7f]*$/u
const WORD = /[\p{L}\p{N}]+/gu

const place = document.querySelector(".static-search")
const field = document.getElementById("words")
const said = document.getElementById("found")
const hits = document.getElementById("hits")
const more = document.getElementById("more")
const pages = Number(place.dataset.pages)
const passages = Number(place.dataset.passages)
const held = new Map()
let running = 0

globalThis.passagesOfPage = (page, rows) => held.set(page, rows)

// A text without accents and case.
function bare(text) {
  if (ASCII.test(text)) return text.toLowerCase()
  const plain = text.replace(UNSEEN, "").replace(TYPED, sign => PLAIN[sign])
  return plain.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ")
}

// The same, and for each of its characters the place it comes from.
function folded(text) {
  let plain = ""
  const origins = []
  let at = 0
  for (const letter of text) {
    const one = bare(letter)
    for (let i = 0; i < one.length; i += 1) origins.push(at)
    plain += one
    at += letter.length
  }
  origins.push(text.length)
  return { plain, origins }
}

function wordsOf(plain) {
  return [...plain.matchAll(WORD)].map(found => ({ word: found[0], start: found.index, stop: found.index + found[0].length }))
}

// What is sought: runs of words; in quotation marks as they stand, else the beginnings of words.
function soughtIn(typed) {
  return folded(typed).plain.split('"').flatMap((piece, number) => {
    if (number % 2) return [{ exact: true, words: wordsOf(piece).map(each => each.word) }]
    return piece.split(/\s+/u).map(chunk => ({ exact: false, words: wordsOf(chunk).map(each => each.word) }))
  }).filter(each => each.words.length)
}

function placesIn(text, sought) {
  const { plain, origins } = folded(text)
  const words = wordsOf(plain)
  const spans = []
  for (let first = 0; first + sought.words.length <= words.length; first += 1) {
    const fits = sought.words.every((wanted, i) => {
      const word = words[first + i].word
      return sought.exact ? word === wanted : word.startsWith(wanted)
    })
    if (!fits) continue
    const last = words[first + sought.words.length - 1]
    spans.push([origins[words[first].start], behind(text, origins[last.stop - 1], origins[last.stop])])
  }
  return spans
}

// The end of a span, with the accents behind its last letter.
function behind(text, last, next) {
  return Math.max(next, last + (text.codePointAt(last) > 0xffff ? 2 : 1))
}

function joined(spans) {
  const sorted = [...spans].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const all = []
  for (const [start, stop] of sorted) {
    const before = all.at(-1)
    if (before && start <= before[1]) before[1] = Math.max(before[1], stop)
    else all.push([start, stop])
  }
  return all
}

// A row is the passage's id, its address, whose words, the quote, the gloss and its label, the
// school's class and the school's name.
function found(row, all) {
  const texts = [row[2], row[3], row[4]]
  // Most rows hold none of the words: that is seen without knowing where anything stands.
  const plain = bare(texts.join("\n"))
  if (!all.every(sought => sought.words.every(word => plain.includes(word)))) return null
  const places = texts.map(() => [])
  for (const sought of all) {
    const here = texts.map(text => placesIn(text, sought))
    if (!here.some(spans => spans.length)) return null
    here.forEach((spans, i) => places[i].push(...spans))
  }
  return places.map(joined)
}

function lit(node, text, spans) {
  let end = 0
  for (const [start, stop] of spans) {
    node.append(text.slice(end, start))
    const mark = document.createElement("mark")
    mark.textContent = text.slice(start, stop)
    node.append(mark)
    end = stop
  }
  node.append(text.slice(end))
  return node
}

function element(name, kind, text) {
  const node = document.createElement(name)
  if (kind) node.className = kind
  if (text) node.textContent = text
  return node
}

function card(row, places) {
  const [id, address, whose, quote, gloss, label, school] = row
  const article = element("article", "short-card")
  const source = element("p", "card-source searched")
  const link = element("a", "open-passage", id)
  link.href = address
  source.append(link, " ")
  lit(source, whose, places[0])
  const words = lit(element("blockquote", `quote searched ${school}`), quote, places[1])
  words.dataset.passage = id
  words.dir = "auto"
  article.append(source, words)
  if (gloss) {
    const summary = lit(element("p", "gloss-text searched"), gloss, places[2])
    summary.dataset.gloss = id
    summary.dir = "auto"
    article.append(element("h2", "label", label), summary)
  }
  return article
}

function rowsOf(page) {
  if (held.has(page)) return Promise.resolve(held.get(page))
  return new Promise((resolve, reject) => {
    const script = document.createElement("script")
    script.src = `assets/passages-${page}.js`
    script.onload = () => {
      script.remove()
      const rows = held.get(page) ?? []
      if (held.size > KEPT) held.delete(held.keys().next().value)
      resolve(rows)
    }
    script.onerror = () => reject(new Error(script.src))
    document.head.append(script)
  })
}

async function* matching(all, mine) {
  for (let page = 1; page <= pages; page += 1) {
    const rows = await rowsOf(page)
    if (mine !== running) return
    for (const row of rows) {
      const places = found(row, all)
      if (places) yield { page, row, places }
    }
    if (pages > 1) yield { page }
  }
}

async function look(typed) {
  running += 1
  const mine = running
  const all = soughtIn(typed)
  hits.replaceChildren()
  more.hidden = true
  said.textContent = all.length ? "" : `${count(passages)} to search`
  if (!all.length) return
  const way = matching(all, mine)
  let shown = 0
  const go = async () => {
    more.hidden = true
    for (let enough = shown + AT_ONCE; shown < enough;) {
      const step = await way.next()
      if (mine !== running) return
      if (step.done) {
        said.textContent = shown ? `${count(shown)} found` : "No passage holds all of these words"
        return
      }
      if (!step.value.row) {
        said.textContent = `${count(shown)} found; ${step.value.page} of ${pages} pages searched`
        continue
      }
      hits.append(card(step.value.row, step.value.places))
      shown += 1
    }
    said.textContent = `The first ${count(shown)} found`
    more.hidden = false
  }
  more.onclick = go
  await go()
}

function count(number) {
  return number === 1 ? "1 passage" : `${number.toLocaleString("en")} passages`
}

function fromAddress() {
  try {
    return decodeURIComponent(/^#q=(.*)$/su.exec(location.hash)?.[1] ?? "")
  } catch {
    return ""
  }
}

function searched(typed) {
  look(typed).catch(() => {
    said.textContent = "The list of passages could not be read."
  })
}

let waiting
field.addEventListener("input", () => {
  clearTimeout(waiting)
  waiting = setTimeout(() => {
    location.replace(`#q=${encodeURIComponent(field.value.replace(/\p{Surrogate}/gu, ""))}`)
  }, PAUSE)
})
globalThis.addEventListener("hashchange", () => {
  if (field.value !== fromAddress()) field.value = fromAddress()
  searched(field.value)
})
document.addEventListener("keydown", event => {
  if (event.key !== "/" || event.target === field || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  field.focus()
})
field.value = fromAddress()
searched(field.value)
