import { once } from './once.js'

const YEAR = 365 * 24 * 3600

/** The light/dark switch. The choice is a cookie, so that the server writes it into the next page without a flash. */
export function watchTheme(root) {
  for (const button of once(root, '[data-theme-switch]', watchTheme)) {
    button.hidden = false
    button.addEventListener('click', () => {
      const dark = matchMedia('(prefers-color-scheme: dark)').matches
      const now = document.documentElement.dataset.theme ?? (dark ? 'dark' : 'light')
      const next = now === 'dark' ? 'light' : 'dark'
      document.documentElement.dataset.theme = next
      document.cookie = `memo_theme=${next}; Path=/; Max-Age=${YEAR}; SameSite=Lax${location.protocol === 'https:' ? '; Secure' : ''}`
    })
  }
}
