// Builds the stylesheet, the script, the heading font and the icon into ../static/dist, with a hash in each name and manifest.json.
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import postcss from 'postcss'
import subsetFont from 'subset-font'
import { kernCss } from './kern.mjs'

const here = name => new URL(name, import.meta.url)
const DIST = here('../static/dist/')
const DAY_MS = 86_400_000
const TEMPLATES = here('../templates').pathname
// Browsers that people still have on old phones; :has() and others are used only where a page works without them.
const TARGET = ['chrome100', 'firefox100', 'safari15.4']
// Headings are written in German, English and Turkish; Arabic uses the reader's own font.
const LETTERS = `${[...Array(95).keys()].map(n => String.fromCharCode(32 + n)).join('')}ÄÖÜäöüßẞÇçĞğİıŞşÂâÎîÛûéèêëàáóôñ„“”‚‘’«»–—…·€§°×©✓→←\u00a0\u202f\u00ad`

const manifest = {}

function write(name, contents) {
  const bytes = Buffer.from(contents)
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10)
  const hashed = name.replace(/(\.\w+)$/, `-${hash}$1`)
  writeFileSync(new URL(hashed, DIST), bytes)
  manifest[name] = hashed
  console.log(`${hashed.padEnd(28)} ${String(bytes.length).padStart(7)} B  ${String(gzipSync(bytes).length).padStart(6)} B gzip`)
  return hashed
}

/** `@dark {…}` and `@dark-rule selector {…}`: the system's wish, unless the reader chose; and the reader's choice. */
function expandDark(root) {
  root.walkAtRules(/^dark(-rule)?$/, rule => {
    const tail = rule.name === 'dark-rule' ? ` ${rule.params}` : ''
    const wished = postcss.rule({ selector: `:root:not([data-theme="light"])${tail}`, nodes: rule.nodes.map(node => node.clone()) })
    const chosen = postcss.rule({ selector: `:root[data-theme="dark"]${tail}`, nodes: rule.nodes.map(node => node.clone()) })
    rule.replaceWith(postcss.atRule({ name: 'media', params: 'screen and (prefers-color-scheme: dark)', nodes: [wished] }), chosen)
  })
}

// What the licences of the parts ask for.
const NOTICE = '/*! Contains parts of @kern-ux/native (KERN-Team, EUPL-1.2, changed by kern.mjs) and Fira Sans (The Mozilla Foundation, OFL-1.1, subset). */'

async function stylesheet(font) {
  const own = {
    name: 'own-css',
    setup(builder) {
      builder.onResolve({ filter: /kern\.css$/ }, () => ({ path: 'kern', namespace: 'kern' }))
      builder.onLoad({ filter: /.*/, namespace: 'kern' }, () => ({ contents: kernCss(TEMPLATES), loader: 'css' }))
      builder.onResolve({ filter: /\.woff2$/ }, () => ({ path: font, external: true }))
      builder.onLoad({ filter: /\.css$/ }, ({ path }) => {
        const root = postcss.parse(readFileSync(path, 'utf8'), { from: path })
        expandDark(root)
        return { contents: root.toString(), loader: 'css' }
      })
    },
  }
  const { outputFiles } = await build({ entryPoints: [here('css/app.css').pathname], bundle: true, minify: true, write: false, target: TARGET, plugins: [own], legalComments: 'none', banner: { css: NOTICE } })
  return outputFiles[0].text
}

async function script(source, format = 'iife', banner = '') {
  const { outputFiles } = await build({ entryPoints: [here(source).pathname], bundle: true, minify: true, write: false, format, target: TARGET, legalComments: 'none', banner: { js: banner } })
  return outputFiles[0].text
}

mkdirSync(DIST, { recursive: true })
const font = write('heading.woff2', await subsetFont(readFileSync(here('node_modules/@kern-ux/native/dist/fonts/fira-sans/FiraSans-SemiBold.woff2')), LETTERS, { targetFormat: 'woff2', noLayoutClosure: true }))
write('app.css', await stylesheet(`./${font}`))
write('app.js', await script('js/app.js'))
// The verification pages' own: what they load, what reads a camera's picture (only when asked), and what works without a network.
write('verify.js', await script('js/verify/verify.js', 'esm'))
write('verify-scan.js', await script('js/verify/scan.js', 'esm', '/*! Contains qr (Paul Miller, MIT OR Apache-2.0). */'))
write('verify-worker.js', await script('js/verify/worker.js'))
write('icon.svg', readFileSync(here('icon.svg')))
writeFileSync(new URL('manifest.json', DIST), `${JSON.stringify(manifest, null, 2)}\n`)
// What runs now goes on asking for the files that it started with: they stay for a day.
for (const file of readdirSync(DIST)) if (statSync(new URL(file, DIST)).mtimeMs < Date.now() - DAY_MS) rmSync(new URL(file, DIST))

// Letters of rare scripts for documents that the services set; no page loads them.
const FONTS = here('../../../build/fonts/')
const SCRIPTS = here('node_modules/@expo-google-fonts/')
rmSync(FONTS, { recursive: true, force: true })
mkdirSync(FONTS, { recursive: true })
for (const name of readdirSync(SCRIPTS)) {
  const regular = new URL(`${name}/400Regular/`, SCRIPTS)
  for (const file of readdirSync(regular).filter(file => file.endsWith('.ttf'))) copyFileSync(new URL(file, regular), new URL(file, FONTS))
}
