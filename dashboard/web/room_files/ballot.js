// Follows the room from question to question, and keeps a choice until the server has confirmed it.
// Without this script the page is a plain form with a link to look again.

const LOOKS_AFTER = 2500
const LOOKS_AT_LAST_AFTER = 20000
const SENDS_AGAIN_AFTER = [1000, 2000, 4000, 8000]
const WAITS_FOR = 8000
const said = document.getElementById("said")
let main = document.querySelector("main[data-room]")
if (main) follow()

function follow() {
  const room = main.dataset.room
  const key = `ballot ${room}`
  let wait = LOOKS_AFTER
  let tries = 0
  let isSending = false
  let shows = 0
  let looking
  let sending

  document.addEventListener("input", ({ target }) => {
    const form = target.closest("form.ballot")
    if (!form) return
    if (kept()?.isSent) tell("You have changed your answer. It is not sent yet.")
    keep({ ...held(form), isSent: false })
  })
  document.addEventListener("submit", event => {
    if (!event.target.matches("form.ballot")) return
    event.preventDefault()
    keep({ ...held(event.target), isSent: true })
    tries = 0
    send()
  })
  document.addEventListener("visibilitychange", () => document.hidden || hurry())
  addEventListener("online", hurry)
  restore()
  send()
  later()

  function hurry() {
    wait = LOOKS_AFTER
    send()
    look()
  }

  function later() {
    clearTimeout(looking)
    looking = setTimeout(look, wait * (0.85 + 0.3 * Math.random()))
  }

  async function look() {
    if (document.hidden) return later()
    try {
      const answer = await ask(`${room}/now`)
      if (answer.status === 404) return await show()
      if (!answer.ok) throw new Error()
      const { state } = await answer.json()
      if (state !== main.dataset.state && !isSending) await show()
      if (wait > LOOKS_AFTER && !kept()?.isSent) tell("")
      wait = LOOKS_AFTER
    } catch {
      wait = Math.min(wait * 1.6, LOOKS_AT_LAST_AFTER)
      if (!kept()?.isSent) tell("No connection just now. This page tries again by itself.")
    }
    if (main) later()
  }

  async function send() {
    const choice = kept()
    if (!choice?.isSent || isSending || !main) return
    clearTimeout(sending)
    isSending = true
    if (!tries) tell("Sending.")
    const body = new URLSearchParams({ number: choice.number, value: choice.value, words: choice.words })
    const answer = await ask(room, { method: "POST", body }).catch(() => null)
    const told = await answer?.json().then(it => it.said).catch(() => "")
    if (!answer || answer.status >= 500 || answer.status === 429) {
      isSending = false
      return again()
    }
    tries = 0
    const next = kept()
    const isChanged = next && ["number", "value", "words"].some(name => next[name] !== choice[name])
    if (answer.ok || answer.status !== 400) keep(isChanged ? next : null)
    else keep({ ...choice, isSent: false })
    if (!isChanged || !next.isSent) {
      tell(told, await show().then(() => answer.ok).catch(() => false))
      document.getElementById("sent")?.focus()
    }
    isSending = false
    send()
  }

  function again() {
    if (!kept()?.isSent) return
    const after = SENDS_AGAIN_AFTER[Math.min(tries, SENDS_AGAIN_AFTER.length - 1)]
    tries += 1
    tell(`Not sent yet. Your choice is kept; trying again in ${after / 1000} s.`)
    sending = setTimeout(send, after)
  }

  async function show() {
    shows += 1
    const mine = shows
    const answer = await ask(room, {}, "text/html")
    if (answer.status >= 500 || answer.status === 429) throw new Error()
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    // What was asked for earlier may be older, and would take the focus away.
    if (mine !== shows) return
    const wasAsked = number(main.dataset.state)
    const next = page.querySelector("main")
    main.replaceWith(next)
    main = next.matches("[data-room]") ? next : null
    document.title = page.title
    if (!main) return
    const isAnother = number(main.dataset.state) !== wasAsked
    const news = main.querySelector(isAnother ? "h1" : ".closed")
    if (news) tell(news.textContent, true)
    if (isAnother) scrollTo(0, 0)
    restore()
  }

  function restore() {
    const form = document.querySelector("form.ballot")
    const choice = kept()
    if (!form || !choice || choice.number !== form.elements.number.value) return
    if (choice.value) form.elements.value.value = choice.value
    form.elements.words.value = choice.words
    const details = form.closest("details")
    if (details) details.open = true
  }

  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(key))
    } catch {
      return null
    }
  }

  function keep(choice) {
    try {
      if (choice) sessionStorage.setItem(key, JSON.stringify(choice))
      else sessionStorage.removeItem(key)
    } catch {
      // A browser that stores nothing still sends.
    }
  }
}

function held(form) {
  const given = new FormData(form)
  return Object.fromEntries(["number", "value", "words"].map(name => [name, given.get(name) ?? ""]))
}

function ask(address, options = {}, accept = "application/json") {
  const signal = AbortSignal.timeout?.(WAITS_FOR)
  return fetch(address, { ...options, signal, cache: "no-store", headers: { Accept: accept } })
}

function number(state) {
  return state.split("-")[0]
}

// What the page itself shows is said to those alone who hear it.
function tell(words, isShown = false) {
  said.className = isShown ? "heard" : ""
  if (said.textContent !== words) said.textContent = words
}
