import { once } from './once.js'

let isListening = false

/** Menus close on Escape and on a click elsewhere; only one is open. Dialogs open in place of their page. */
export function watchMenus(root) {
  for (const opener of once(root, '[data-dialog]', watchMenus)) {
    const dialog = document.getElementById(opener.dataset.dialog)
    if (!dialog?.showModal) continue
    opener.addEventListener('click', event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      dialog.showModal()
    })
    dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close() })
  }
  if (isListening) return
  isListening = true
  const close = except => {
    for (const menu of document.querySelectorAll('details.menu[open]')) if (menu !== except) menu.open = false
  }
  document.addEventListener('click', event => close(event.target.closest('details.menu')))
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return
    document.querySelector('details.menu[open] > summary')?.focus()
    close(null)
  })
}
