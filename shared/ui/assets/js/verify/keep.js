export const CACHE = 'memo-verify-kept'
const worker = address => navigator.serviceWorker.register(address, { scope: '/v/' })

/** The button that keeps a page. Nothing is kept, and no worker is there, before somebody presses it. */
export function keep(box) {
  if (!('serviceWorker' in navigator) || !('caches' in globalThis)) return
  const said = box.querySelector('[data-said]')
  box.hidden = false
  box.querySelector('[data-keep]').addEventListener('click', async () => {
    try {
      await worker(box.dataset.worker)
      await store(box.dataset.number, box.dataset.kept)
      await navigator.serviceWorker.ready // Before it is active, nobody would answer without a network.
      navigator.storage?.persist?.()
      said.textContent = box.dataset.done
    } catch {
      said.textContent = box.dataset.failed
    }
    said.hidden = false
  })
}

/** The copy, its signed statement, the list, and every file that these pages load. */
async function store(number, kept) {
  const cache = await caches.open(CACHE)
  const page = `/v/${number}/copy`
  await cache.addAll([page, `/v/${number}/statement.json`, kept])
  const text = await (await cache.match(page)).text()
  const files = new Set(text.match(/\/static\/dist\/[\w.-]+/g))
  for (const sheet of [...files].filter(name => name.endsWith('.css'))) {
    const rules = await (await fetch(sheet)).text()
    for (const [, name] of rules.matchAll(/url\("?\.\/([\w.-]+)"?\)/g)) files.add(`/static/dist/${name}`)
  }
  await cache.addAll([...files])
}

/** What is kept on this device, each with a button that forgets it. */
export async function list(box) {
  if (!('caches' in globalThis)) return
  const names = await numbers()
  const rows = box.querySelector('[data-list]')
  rows.replaceChildren(...names.map(number => row(box, number)))
  box.querySelector('[data-empty]').hidden = names.length > 0
}

async function numbers() {
  if (!await caches.has(CACHE)) return []
  const requests = await (await caches.open(CACHE)).keys()
  return requests.map(({ url }) => new URL(url).pathname.match(/^\/v\/([^/]+)\/copy$/)?.[1]).filter(Boolean)
}

function row(box, number) {
  const item = document.createElement('li')
  const open = Object.assign(document.createElement('a'), { className: 'link', href: `/v/${number}/copy`, textContent: box.dataset.open.replace('{number}', number) })
  const forget = Object.assign(document.createElement('button'), { className: 'kern-btn kern-btn--tertiary', type: 'button' })
  forget.append(Object.assign(document.createElement('span'), { className: 'kern-label', textContent: box.dataset.delete }))
  forget.addEventListener('click', async () => { await remove(number); await list(box) })
  item.append(open, ' ', forget)
  return item
}

/** Forget one; with the last one everything goes, the worker too. */
async function remove(number) {
  const cache = await caches.open(CACHE)
  for (const part of ['copy', 'statement.json']) await cache.delete(`/v/${number}/${part}`)
  if ((await numbers()).length === 0) {
    await caches.delete(CACHE)
    for (const registration of await navigator.serviceWorker.getRegistrations()) {
      if (new URL(registration.scope).pathname === '/v/') await registration.unregister()
    }
  }
}
