// The ground: what the pages use of KERN, the design system of the German administration.
//
// KERN ships one stylesheet of 340 kB with physical directions and its own palette. This takes the rules whose classes occur in our
// templates, puts KERN's sizes in as constants, maps its colours to our tokens, and turns left/right into logical directions.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import postcss from 'postcss'

const SOURCE = new URL('node_modules/@kern-ux/native/dist/kern.css', import.meta.url)

// KERN's colour -> our token. A colour that is not in this table stops the build: somebody must decide.
const COLOURS = {
  'action-default': '--primary',
  'action-default-contextual': '--primary',
  'action-on-default': '--on-primary',
  'action-on-default-contextual': '--on-primary',
  'action-focus-background': '--surface',
  'action-focus-border-inside': '--surface',
  'action-focus-border-outside': '--focus',
  'action-state-indicator-shade-hover': '--primary-strong',
  'action-state-indicator-shade-active': '--primary-strong',
  'action-state-indicator-tint-hover-opacity': '--primary-soft',
  'action-state-indicator-tint-active-opacity': '--primary-soft',
  'form-input-border': '--line-strong',
  'form-input-border-contextual': '--line-strong',
  'form-input-background': '--field',
  'form-input-background-inverted': '--surface',
  'layout-layer-surface-contextual': '--field',
  'layout-background-default': '--surface',
  'layout-background-hued': '--ground',
  'layout-background-inverted': '--ink',
  'layout-border': '--line',
  'layout-border-contextual': '--line',
  'layout-text-default': '--ink',
  'layout-text-default-contextual': '--ink',
  'layout-text-muted': '--ink-muted',
  'layout-text-muted-contextual': '--ink-muted',
  'feedback-danger': '--danger',
  'feedback-danger-contextual': '--danger',
  'feedback-danger-background': '--danger-soft',
  'feedback-danger-background-contextual': '--danger-soft',
  'feedback-loader': '--primary',
  'feedback-loader-background': '--line',
}

const LOGICAL = {
  left: 'inset-inline-start', right: 'inset-inline-end',
  'margin-left': 'margin-inline-start', 'margin-right': 'margin-inline-end',
  'padding-left': 'padding-inline-start', 'padding-right': 'padding-inline-end',
  'border-left': 'border-inline-start', 'border-right': 'border-inline-end',
}

/** Class names of KERN that occur in the templates. */
function usedClasses(folder) {
  const used = new Set()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith('.html')) continue
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8')
    for (const [name] of text.matchAll(/kern-[\w-]+/g)) used.add(name)
    // `kern-form-check__{{ kind }}`: the kinds are radio and checkbox.
    for (const [, stem, tail = ''] of text.matchAll(/(kern-form-check__)\{\{[^}]*\}\}(--error)?/g)) {
      used.add(`${stem}radio${tail}`).add(`${stem}checkbox${tail}`)
    }
  }
  return used
}

/** The value of every custom property outside media queries and themes. */
function tokensOf(root) {
  const tokens = new Map()
  root.each(node => {
    if (node.type !== 'rule' || node.selector !== ':root') return
    node.each(declaration => { if (declaration.prop?.startsWith('--')) tokens.set(declaration.prop, declaration.value) })
  })
  return tokens
}

function resolver(tokens) {
  const pattern = /var\((--kern-[\w-]+)(?:,((?:[^()]|\([^()]*\))*))?\)/
  return function resolve(value) {
    let text = value
    for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
      const [whole, name, fallback] = found
      const colour = name.startsWith('--kern-color-') && name.slice('--kern-color-'.length)
      let into
      if (colour && colour !== 'action-state-opacity-disabled') {
        if (!COLOURS[colour]) throw new Error(`KERN colour without a token of ours: ${colour}`)
        into = `var(${COLOURS[colour]})`
      } else if (name.includes('font-family')) into = 'inherit'
      else into = tokens.get(name) ?? fallback?.trim()
      if (into === undefined) throw new Error(`KERN token without a value: ${name}`)
      text = text.replace(whole, into)
    }
    return text
  }
}

/** KERN's rules for our templates, as CSS text. */
export function kernCss(templates) {
  const used = usedClasses(templates)
  const root = postcss.parse(readFileSync(SOURCE, 'utf8'))
  const resolve = resolver(tokensOf(root))
  root.walkComments(comment => comment.remove())
  root.walkRules(rule => {
    const kept = rule.selectors.filter(selector => {
      const classes = selector.match(/kern-[\w-]+/g)
      return classes && classes.every(name => used.has(name)) && !/::after|:focus|:hover|:active|:has\(|\[data-kern/.test(selector)
    })
    if (kept.length) rule.selectors = kept
    else rule.remove()
  })
  root.walkDecls(declaration => {
    declaration.value = resolve(declaration.value)
    declaration.prop = LOGICAL[declaration.prop] ?? declaration.prop
    if (declaration.prop === 'text-align') declaration.value = declaration.value.replace('left', 'start').replace('right', 'end')
    if (['float', 'clear'].includes(declaration.prop)) declaration.value = declaration.value.replace('left', 'inline-start')
    // An own look decides these.
    if (['font-family', 'font-size', 'line-height', 'letter-spacing'].includes(declaration.prop)) declaration.remove()
  })
  root.walkRules(rule => { if (!rule.nodes.length) rule.remove() })
  root.walkAtRules(rule => { if (rule.name === 'charset' || (rule.nodes && !rule.nodes.length) || rule.name === 'font-face' || rule.name === 'keyframes') rule.remove() })
  return root.toString()
}
