const seen = new WeakMap()

/** Every element below `root` that fits and was not handled by this part yet. */
export function once(root, selector, part) {
  const handled = seen.get(part) ?? new WeakSet()
  seen.set(part, handled)
  const found = [...root.querySelectorAll(selector)]
  if (root.matches?.(selector)) found.push(root)
  return found.filter(element => !handled.has(element) && handled.add(element))
}
