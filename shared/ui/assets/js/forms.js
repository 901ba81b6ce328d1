import { once } from './once.js'

/** Copy buttons, printing, passwords that can be shown, forms that are sent once, and the focus on what is wrong. */
export function watchForms(root) {
  for (const button of once(root, '[data-copy]', watchForms)) watchCopy(button)
  for (const button of once(root, '[data-print]', watchForms)) button.addEventListener('click', () => print())
  for (const box of once(root, '[data-reveal]', watchForms)) watchReveal(box)
  for (const form of once(root, 'form[method="post"]', watchForms)) guard(form)
  for (const form of once(root, 'form[data-confirm-leave]', watchForms)) confirmLeave(form)
  for (const summary of once(root, '[data-focus]', watchForms)) { nameFields(summary); summary.focus() }
}

/** Each line says which field it is about; without this the sentence alone links there. */
function nameFields(summary) {
  for (const link of summary.querySelectorAll('a[href^="#field-"]')) {
    const field = document.getElementById(link.hash.slice(1))
    const group = field?.closest('.check-list')?.closest('fieldset')
    const label = group ? group.querySelector('legend') : field?.labels?.[0]
    const name = label?.firstChild?.textContent.trim().replace(/[:?]$/, '')
    if (name) link.prepend(`${name}: `)
  }
}

function watchCopy(button) {
  if (!navigator.clipboard) return
  button.hidden = false
  const done = button.querySelector('.copied')
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy)
    done.hidden = false
    setTimeout(() => { done.hidden = true }, 3000)
  })
}

function watchReveal(box) {
  const [input, button] = [box.querySelector('input'), box.querySelector('button')]
  if (!button) return
  button.hidden = false
  button.addEventListener('click', () => {
    const isShown = input.type === 'text'
    input.type = isShown ? 'password' : 'text'
    button.setAttribute('aria-pressed', String(!isShown))
  })
}

/** A second press while the first is on its way does nothing. Coming back to the page frees the form again. */
function guard(form) {
  let isSent = false
  const free = () => {
    isSent = false
    for (const button of form.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy')
  }
  form.addEventListener('submit', event => {
    if (event.defaultPrevented) return
    if (isSent) { event.preventDefault(); return }
    isSent = true
    event.submitter?.setAttribute('aria-busy', 'true')
    setTimeout(free, 15000)
  })
  form.addEventListener('htmx:afterRequest', free)
  addEventListener('pageshow', free)
}

function confirmLeave(form) {
  let isChanged = false
  form.addEventListener('input', () => { isChanged = true })
  form.addEventListener('submit', () => { isChanged = false })
  addEventListener('beforeunload', event => { if (isChanged) event.preventDefault() })
}
