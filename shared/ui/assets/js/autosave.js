import { once } from './once.js'

const PAUSE = 2000
const LONGEST_WAIT = 30000

/**
 * Sends changed answers of `<form data-autosave="/url">` by themselves. What is not acknowledged stays in localStorage
 * under the form's address and is sent again, also after a reload or a battery's end. With each answer goes its age, so
 * that the newest one wins, whichever device sends last.
 */
export function watchAutosave(root) {
  for (const form of once(root, 'form[data-autosave]', watchAutosave)) watch(form)
}

function watch(form) {
  const url = form.dataset.autosave
  const key = `memo-autosave:${url}`
  const status = document.querySelector('[data-autosave-status]')
  const banner = document.getElementById('offline-banner')
  let waiting = read()
  let timer
  let wait = 1000
  let isSending = false

  function read() {
    try { return JSON.parse(localStorage.getItem(key)) ?? {} } catch { return {} }
  }
  function keep() {
    try {
      if (Object.keys(waiting).length) localStorage.setItem(key, JSON.stringify(waiting))
      else localStorage.removeItem(key)
    } catch { /* A full or forbidden store: the answers are still in the page. */ }
  }
  function show(state, detail) {
    banner.hidden = state !== 'offline'
    if (!status) return
    status.dataset.state = state
    for (const text of status.querySelectorAll('[data-when]')) text.hidden = text.dataset.when !== state
    const place = status.querySelector(`[data-when="${state}"] [data-detail]`)
    if (detail && place) place.textContent = detail
  }
  const valuesOf = name => new FormData(form).getAll(name).filter(value => typeof value === 'string')

  function later(pause) {
    clearTimeout(timer)
    timer = setTimeout(send, pause)
  }

  async function send() {
    const names = Object.keys(waiting)
    if (!names.length || isSending) return
    isSending = true
    const sent = { ...waiting }
    show('saving')
    let answer
    try {
      answer = await fetch(url, { method: 'POST', headers: { 'X-Autosave': '1', Accept: 'application/json' }, body: encode(sent), redirect: 'manual' })
    } catch { answer = null }
    isSending = false
    await settle(answer, sent)
  }

  async function settle(answer, sent) {
    if (answer?.ok) {
      for (const name of Object.keys(sent)) {
        if (JSON.stringify(waiting[name]) === JSON.stringify(sent[name])) delete waiting[name]
        tick(name)
      }
      wait = 1000
      keep()
      const verdicts = Object.values(await answer.json().catch(() => ({})))
      if (verdicts.some(kept => kept?.verdict === 'stale')) show('newer')
      else if (Object.keys(waiting).length) later(PAUSE)
      else show('saved')
    } else if (answer && (answer.status === 401 || answer.type === 'opaqueredirect')) {
      show('signed-out')
      later(LONGEST_WAIT)
    } else if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 429 && answer.status !== 408) {
      const { detail } = await answer.json().catch(() => ({}))
      // Only a closed task makes the answers void; a refused entry stays until it is changed.
      const isClosed = [403, 404, 409, 410].includes(answer.status)
      if (isClosed) { waiting = {}; keep() }
      show(isClosed ? 'closed' : 'refused', detail)
    } else {
      show('offline')
      wait = Math.min(wait * 2, LONGEST_WAIT)
      later(wait)
    }
  }

  function tick(name) {
    for (const question of form.querySelectorAll('[data-question]')) {
      if (question.dataset.question === name) question.querySelector('[data-saved]').hidden = false
    }
  }

  function changed(target, pause) {
    if (!target.name || target.type === 'file' || target.type === 'password') return
    waiting[target.name] = { values: valuesOf(target.name), at: Date.now() }
    const saved = target.closest('[data-question]')?.querySelector('[data-saved]')
    if (saved) saved.hidden = true
    keep()
    later(pause)
  }

  form.addEventListener('input', event => changed(event.target, PAUSE))
  form.addEventListener('change', event => changed(event.target, /^(radio|checkbox|select-one|select-multiple)$/.test(event.target.type) ? 0 : PAUSE))
  form.addEventListener('submit', () => { clearTimeout(timer); waiting = {}; keep() })
  addEventListener('online', () => later(0))
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') later(0) })
  addEventListener('pagehide', () => {
    // keepalive outlives the page and, unlike a beacon, carries the header.
    if (Object.keys(waiting).length) fetch(url, { method: 'POST', keepalive: true, headers: { 'X-Autosave': '1', Accept: 'application/json' }, body: encode(waiting) }).catch(() => {})
  })

  restore(form, waiting)
  if (Object.keys(waiting).length) later(0)
}

/** Answers that the server does not have yet come back into the page. */
function restore(form, waiting) {
  for (const [name, { values }] of Object.entries(waiting)) {
    for (const field of form.elements) {
      if (field.name !== name) continue
      if (field.type === 'radio' || field.type === 'checkbox') field.checked = values.includes(field.value)
      else if (values.length) [field.value] = values
    }
  }
}

/** A name whose every box was unticked is sent as an empty value, so that the server learns of it. */
function encode(waiting) {
  const body = new URLSearchParams()
  for (const [name, { values, at }] of Object.entries(waiting)) {
    body.append(`age-${name}`, Math.max(0, Date.now() - at))
    for (const value of values.length ? values : ['']) body.append(name, value)
  }
  return body
}
