// Everything a page does beyond HTML. Each part works on the whole document and again on what htmx swaps in.
import 'htmx.org'
import { watchAutosave } from './autosave.js'
import { watchForms } from './forms.js'
import { watchMenus } from './menus.js'
import { watchModules } from './modules.js'
import { watchPasskeys } from './passkeys.js'
import { renewIdentity } from './renewal.js'
import { watchTheme } from './theme.js'
import { watchUploads } from './upload.js'

function start(root) {
  for (const watch of [watchTheme, watchMenus, watchForms, watchUploads, watchAutosave, watchPasskeys, watchModules]) watch(root)
}

start(document)
renewIdentity()
document.addEventListener('htmx:load', event => { if (event.target !== document.body) start(event.target) })
