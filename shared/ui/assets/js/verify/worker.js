// Shows pages that were kept on this device when there is no network. It stores nothing by itself.
const CACHE = 'memo-verify-kept'
const LIST = '/v/kept'

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', event => {
  const { request } = event
  const address = new URL(request.url)
  if (request.method !== 'GET' || address.origin !== self.location.origin) return
  event.respondWith(isKeptForm(address.pathname) ? fromDeviceFirst(request) : fromNetworkFirst(request, address))
})

/** A copy never changes, nor does a file with a hash in its name: what lies on the device is the answer. */
const isKeptForm = path => /^\/v\/[^/]+\/(copy|statement\.json)$/.test(path) || path.startsWith('/static/dist/')

async function fromDeviceFirst(request) {
  return await kept(request.url) ?? fetch(request)
}

async function fromNetworkFirst(request, address) {
  try { return await fetch(request) } catch (error) {
    const copy = await kept(request.url) ?? await kept(`${address.pathname.replace(/\/$/, '')}/copy`)
    if (copy) return copy
    if (request.mode === 'navigate') { const list = await kept(LIST); if (list) return list }
    throw error
  }
}

/** What was kept of an address. Looking makes no store where the last kept page was just forgotten. */
const kept = url => caches.match(url, { cacheName: CACHE })
