// Keeps for each entry of the browser's history how far its page was scrolled, in this tab alone,
// and goes there again after Back, Forward and a reload. The page scrolls in an element of
// Streamlit's, of which the browser itself keeps nothing.

(() => {
  const STORE = "kept places"
  const MOST = 200
  const SAVED_AFTER = 200
  const SETTLED_AFTER = 800
  const GIVES_UP_AFTER = 10_000
  const places = read()
  let coming = null
  let saving = 0

  function read() {
    try {
      return new Map(JSON.parse(sessionStorage.getItem(STORE) ?? "[]"))
    } catch {
      return new Map()
    }
  }

  function save() {
    clearTimeout(saving)
    try {
      sessionStorage.setItem(STORE, JSON.stringify([...places].slice(-MOST)))
    } catch {
      // Without room places are kept until the page is loaded anew.
    }
  }

  function main() {
    return document.querySelector("[data-testid=stMain]")
  }

  function keep(entry) {
    places.delete(entry)
    places.set(entry, main()?.scrollTop ?? 0)
    clearTimeout(saving)
    saving = setTimeout(save, SAVED_AFTER)
  }

  function named(state) {
    const entry = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`
    return { ...state, entry }
  }

  function nameHere() {
    history.replaceState(named(history.state), "")
    keep(history.state.entry)
  }

  // Every entry is named when it is made; Streamlit and our own links make them alike.
  const push = history.pushState
  history.pushState = function (state, ...rest) {
    leave()
    push.call(this, named(state), ...rest)
    keep(history.state.entry)
  }

  function leave() {
    coming = null
  }

  // ---- going there again

  function come() {
    const entry = history.state?.entry
    if (!places.has(entry)) return nameHere()
    const now = performance.now()
    // Whoever would scroll to what has arrived can see that the reader has been here before.
    document.documentElement.dataset.returned = entry
    coming = { top: places.get(entry), since: now, height: 0, until: now + GIVES_UP_AFTER }
    requestAnimationFrame(approach)
  }

  // What is shown comes by and by: the place is held until nothing has changed for a while.
  function approach(now) {
    if (!coming) return
    const node = main()
    const height = node?.scrollHeight ?? 0
    // As long as something still arrives the page is being built, which may take long.
    if (!node || height !== coming.height) coming.until = now + GIVES_UP_AFTER
    if (!node || height !== coming.height || Math.abs(node.scrollTop - coming.top) > 1) {
      coming.since = now
      coming.height = height
      node?.scrollTo({ top: coming.top, behavior: "instant" })
    }
    const reached = node && Math.abs(node.scrollTop - coming.top) <= 1
    if (now > coming.until || (reached && now - coming.since > SETTLED_AFTER)) leave()
    else requestAnimationFrame(approach)
  }

  addEventListener("popstate", ({ isTrusted }) => isTrusted && come())
  addEventListener("pagehide", save)
  addEventListener(
    "scroll",
    ({ target }) => !coming && target === main() && history.state?.entry && keep(history.state.entry),
    { capture: true, passive: true },
  )
  for (const act of ["wheel", "touchstart", "mousedown", "keydown"]) {
    addEventListener(act, leave, { capture: true, passive: true })
  }
  if (places.has(history.state?.entry)) come()
  else nameHere()
})()
