// What the verification pages do beyond HTML: scan, keep for later, check our signed statement, list what is kept.
import { keep, list } from './keep.js'
import { scan } from './camera.js'
import { statement } from './statement.js'

const PARTS = { scan, keep, list, statement }

export function start(element) { PARTS[element.dataset.part]?.(element) }
