import { once } from './once.js'

/** Parts that wait for a tap before their script is loaded, and what a browser must have for them. */
const LATER = {
  scan: () => navigator.mediaDevices?.getUserMedia,
  keep: () => 'serviceWorker' in navigator && 'caches' in globalThis,
}

/** Parts that few pages have: `data-module` names the script, which is given the element. */
export function watchModules(root) {
  for (const element of once(root, '[data-module]', watchModules)) {
    const load = () => import(element.dataset.module).then(module => module.start(element))
    const isUsable = LATER[element.dataset.part]
    if (!isUsable) load().catch(() => {})
    else if (isUsable()) waitForTap(element, load)
  }
}

function waitForTap(element, load) {
  element.hidden = false
  element.addEventListener('click', async event => {
    const button = event.target.closest('button')
    if (!button) return
    await load()
    button.click()
  }, { once: true })
}
