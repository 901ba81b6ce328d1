/**
 * Only enrollment can renew the identity cookie. A page of another service whose cookie is half over asks it to, so that
 * nobody is signed out in the middle of a long evening of coursework.
 */
export function renewIdentity() {
  if ('renewIdentity' in document.documentElement.dataset) fetch('/identity', { credentials: 'same-origin' }).catch(() => {})
}
