import { once } from './once.js'

const TRIES = 3

/**
 * Sends a file straight to the store: asks the server for a presigned address, puts the file there with progress and
 * three tries, and leaves the upload's id in the form. Without a start address or JavaScript the form carries the file.
 */
export function watchUploads(root) {
  for (const box of once(root, '[data-upload]', watchUploads)) watch(box)
}

function watch(box) {
  const part = name => box.querySelector(`.upload__${name}`)
  const input = part('input')
  const id = box.querySelector('input[type="hidden"]')
  let running

  async function send(file) {
    running?.abort()
    running = new AbortController()
    const { signal } = running
    reset(file)
    try {
      if (file.size > Number(box.dataset.max ?? Infinity)) throw new Refused(box.dataset.tooBig)
      const target = await start(box.dataset.upload, file)
      await withTries(() => put(target, file, share => show(share), signal))
      finish(target.upload)
    } catch (error) {
      if (!signal.aborted) fail(error instanceof Refused ? error.message : box.dataset.failed)
    }
  }

  function reset(file) {
    id.value = ''
    part('state').hidden = false
    part('name').textContent = file.name
    for (const name of ['done', 'problem', 'retry']) part(name).hidden = true
    show(0)
    box.dataset.busy = 'true'
  }
  function show(share) {
    box.querySelector('progress').value = share * 100
    part('percent').textContent = new Intl.NumberFormat(document.documentElement.lang.split('-x')[0], { style: 'percent' }).format(share)
  }
  function finish(upload) {
    delete box.dataset.busy
    show(1)
    id.value = upload
    // The store has the file: the form must not carry it a second time.
    input.required = false
    input.value = ''
    part('done').hidden = false
  }
  function fail(sentence) {
    delete box.dataset.busy
    part('problem').textContent = sentence
    part('problem').hidden = false
    part('retry').hidden = false
  }

  let last
  input.addEventListener('change', () => {
    const [file] = input.files
    if (file) { last = file; send(file) }
  })
  part('retry').addEventListener('click', () => last && send(last))
  const zone = part('zone')
  for (const kind of ['dragenter', 'dragover']) zone.addEventListener(kind, event => { event.preventDefault(); zone.classList.add('is-over') })
  for (const kind of ['dragleave', 'drop']) zone.addEventListener(kind, () => zone.classList.remove('is-over'))
  zone.addEventListener('drop', event => {
    event.preventDefault()
    const [file] = event.dataTransfer.files
    if (file) { last = file; send(file) }
  })
  box.closest('form')?.addEventListener('submit', event => {
    if (box.dataset.busy) { event.preventDefault(); event.stopImmediatePropagation(); part('state').scrollIntoView({ block: 'center' }) }
  }, true)
}

/** The server says no with a sentence for the reader; trying again would not help. */
class Refused extends Error {}

async function start(url, file) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ filename: file.name, size: file.size, content_type: file.type || 'application/octet-stream' }),
  })
  const body = await answer.json().catch(() => ({}))
  if (!answer.ok) throw body.detail ? new Refused(body.detail) : new Error(String(answer.status))
  return body
}

async function withTries(attempt) {
  for (let number = 1; ; number += 1) {
    try { return await attempt() } catch (error) {
      if (error.name === 'AbortError' || number === TRIES) throw error
      await new Promise(resolve => setTimeout(resolve, 800 * 2 ** number))
    }
  }
}

/** XMLHttpRequest, because fetch tells nothing about progress. */
function put({ url, headers = {} }, file, onProgress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('PUT', url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', event => { if (event.lengthComputable) onProgress(event.loaded / event.total) })
    request.addEventListener('load', () => (request.status < 300 ? resolve() : reject(new Error(String(request.status)))))
    request.addEventListener('error', () => reject(new Error('network')))
    request.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}
