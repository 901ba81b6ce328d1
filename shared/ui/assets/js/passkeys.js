import { once } from './once.js'

/** Buttons that register a passkey or sign in with one; the server names the options and checks the answer. */
export function watchPasskeys(root) {
  for (const box of once(root, '[data-passkey]', watchPasskeys)) {
    if (!window.PublicKeyCredential) continue
    box.hidden = false
    const button = box.querySelector('button')
    button.addEventListener('click', () => run(box, button))
  }
}

async function run(box, button) {
  const problem = box.querySelector('.passkey__problem')
  problem.hidden = true
  button.setAttribute('aria-busy', 'true')
  try {
    const options = await post(box.dataset.options, {})
    const credential = box.dataset.passkey === 'register'
      ? await navigator.credentials.create({ publicKey: creationOptions(options) })
      : await navigator.credentials.get({ publicKey: requestOptions(options) })
    const { next } = await post(box.dataset.verify, asJson(credential))
    location.assign(box.dataset.next ?? next ?? '/')
  } catch (error) {
    problem.textContent = error instanceof Refused ? error.message : problem.dataset.cancelled
    problem.hidden = false
  } finally {
    button.removeAttribute('aria-busy')
  }
}

/** The server said no, with a sentence for the reader. */
class Refused extends Error {}

async function post(url, body) {
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify(body) })
  const json = await answer.json().catch(() => ({}))
  if (!answer.ok) throw json.detail ? new Refused(json.detail) : new Error(String(answer.status))
  return json
}

const toBytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0))
const toText = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const withBytes = list => (list ?? []).map(item => ({ ...item, id: toBytes(item.id) }))

// Browsers since 2025 read and write the JSON form themselves; older ones get the same by hand.
function creationOptions(options) {
  if (PublicKeyCredential.parseCreationOptionsFromJSON) return PublicKeyCredential.parseCreationOptionsFromJSON(options)
  return { ...options, challenge: toBytes(options.challenge), user: { ...options.user, id: toBytes(options.user.id) }, excludeCredentials: withBytes(options.excludeCredentials) }
}

function requestOptions(options) {
  if (PublicKeyCredential.parseRequestOptionsFromJSON) return PublicKeyCredential.parseRequestOptionsFromJSON(options)
  return { ...options, challenge: toBytes(options.challenge), allowCredentials: withBytes(options.allowCredentials) }
}

function asJson(credential) {
  if (credential.toJSON) return credential.toJSON()
  const response = { clientDataJSON: toText(credential.response.clientDataJSON) }
  for (const name of ['attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (credential.response[name]) response[name] = toText(credential.response[name])
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports()
  return { id: credential.id, rawId: toText(credential.rawId), type: credential.type, response, clientExtensionResults: credential.getClientExtensionResults(), authenticatorAttachment: credential.authenticatorAttachment }
}
