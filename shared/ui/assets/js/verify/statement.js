const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0))

/** Checks the signed statement that came with a copy: the browser itself does the arithmetic (WebCrypto, Ed25519). */
export async function statement(box) {
  const said = box.querySelector('[data-said]')
  try {
    const given = await (await fetch(box.dataset.statement)).json()
    const claims = await verify(given)
    said.textContent = claims ? filled(box.dataset.good, given.key, claims.iat) : box.dataset.bad
  } catch {
    said.textContent = box.dataset.unable
  }
}

/** The claims of a statement, or null where its signature does not fit. Throws where the browser knows no Ed25519. */
export async function verify({ token, public_key: publicKey }) {
  const [header, payload, signature] = token.split('.')
  const key = await crypto.subtle.importKey('raw', bytes(publicKey), 'Ed25519', false, ['verify'])
  const isGood = await crypto.subtle.verify('Ed25519', key, bytes(signature), new TextEncoder().encode(`${header}.${payload}`))
  return isGood ? JSON.parse(new TextDecoder().decode(bytes(payload))) : null
}

function filled(sentence, key, seconds) {
  const language = document.documentElement.lang.split('-x')[0]
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Berlin' }).format(new Date(seconds * 1000))
  return sentence.replace('{key}', key).replace('{moment}', moment)
}
