/*
 * What this site can do without a connection. Caches (named also in apps/web/offline/caches.ts):
 *   azora-static     scripts, styles and icons, whose names change with their content; cache first
 *   azora-pages      pages that were visited, and pictures in them; network first; emptied on sign-out
 *   azora-course:…   a course that somebody chose to keep; filled by the page, emptied on sign-out
 *   azora-programs   what runs programs on this device; filled by the page, which asks before it does
 * Answers of the API are never kept, except the files of a lesson.
 */
const staticCache = 'azora-static'
const pagesCache = 'azora-pages'
const courseCachePrefix = 'azora-course:'
const programsCache = 'azora-programs'
const programsFrame = '/programs'
const offlinePage = '/offline'

const mostPages = 60
const mostStatics = 400

// What is fetched here looks to a page as if it came from the device: each page that counts asks for it (less-data/data-used.ts).
let receivedBytes = 0
new PerformanceObserver(list => {
  for (const { transferSize } of list.getEntries()) receivedBytes += transferSize || 0
}).observe({ type: 'resource', buffered: true })

self.addEventListener('message', event => {
  if (event.data !== 'data-used') return
  event.source?.postMessage({ dataUsed: receivedBytes })
  receivedBytes = 0
})

self.addEventListener('install', event => {
  event.waitUntil(precache().then(() => self.skipWaiting()))
})

self.addEventListener('activate', event => {
  event.waitUntil(self.clients.claim())
})

/** The offline page as a stranger sees it, with the scripts and styles that it names. */
async function precache() {
  const cache = await caches.open(staticCache)
  const page = await fetch(offlinePage, { credentials: 'omit' })
  if (!page.ok) throw new Error(`The offline page answered ${page.status}.`)
  const html = await page.clone().text()
  const parts = new Set(html.match(/\/_next\/static\/[^"'\\ ]+\.(?:js|css)/g))
  await cache.put(offlinePage, page)
  await cache.addAll([...parts, '/icons/icon.svg', '/icons/icon-192.png'])
}

self.addEventListener('fetch', event => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (url.pathname.startsWith('/_next/static/') || url.pathname.startsWith('/icons/'))
    event.respondWith(fromStatics(request))
  else if (url.pathname.startsWith('/api/v1/education/files/')) event.respondWith(fileOf(event, request))
  else if (url.pathname.startsWith('/api/')) return
  else if (url.pathname === programsFrame) event.respondWith(frameOf(request))
  else if (request.mode === 'navigate') event.respondWith(pageOf(event, request, url))
})

async function fromStatics(request) {
  const cache = await caches.open(staticCache)
  const kept = await cache.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) {
    await cache.put(request, answer.clone())
    await trim(cache, mostStatics)
  }
  return answer
}

/** The frame of programs, with the policy that it came with. */
async function frameOf(request) {
  try {
    return await fetch(request)
  } catch (failure) {
    const kept = await (await caches.open(programsCache)).match(programsFrame)
    if (kept) return kept
    throw failure
  }
}

/** Which pages may stay on the device: what one reads, not what one manages. */
const keepable = url => /^\/($|courses(\/|$)|learn(\/|$)|certificates(\/|$)|verify$)/.test(url.pathname)

async function pageOf(event, request, url) {
  try {
    const answer = await fetch(request)
    if (answer.ok && !answer.redirected && keepable(url)) event.waitUntil(keepPage(request, answer.clone()))
    return answer
  } catch (failure) {
    const kept = await keptPage(request, url)
    if (kept) return kept
    throw failure
  }
}

async function keptPage(request, url) {
  // `?attempt=…` and the like show something else than the bare page; the bare page is still better than nothing.
  const found = (await inPersonalCaches(request)) ?? (await inPersonalCaches(url.pathname))
  return found ?? (await caches.open(staticCache)).match(offlinePage)
}

async function keepPage(request, answer) {
  const cache = await caches.open(pagesCache)
  await cache.put(request, answer)
  await trim(cache, mostPages)
}

async function inPersonalCaches(request) {
  return (await keptFile(request))?.kept
}

/** What of an address is kept on the device, and in which cache. */
async function keptFile(request) {
  const courses = (await caches.keys()).filter(name => name.startsWith(courseCachePrefix))
  for (const name of [pagesCache, ...courses]) {
    const cache = await caches.open(name)
    const kept = await cache.match(request)
    if (kept) return { cache, kept }
  }
}

/** The file as it is now when it is another than the kept one, which it then replaces; null when not or not known. */
async function renewed(url, { cache, kept }) {
  const tag = kept.headers.get('etag')
  if (!tag) return null
  try {
    const answer = await fetch(url, { headers: { 'If-None-Match': tag }, cache: 'no-store' })
    if (answer.status !== 200) return null
    await cache.put(url, answer.clone())
    return answer
  } catch {
    // Without a line what is kept is all there is.
    return null
  }
}

// A line that takes longer than this to say whether a kept file is still the same is not waited for.
const patienceMs = 3000

/** A lesson's file: from the device when its course is kept there, unless its teacher replaced it meanwhile. */
async function fileOf(event, request) {
  const found = await keptFile(request.url)
  if (found) {
    const newer = renewed(request.url, found)
    event.waitUntil(newer)
    const slow = new Promise(resolve => setTimeout(resolve, patienceMs, null))
    const kept = (await Promise.race([newer, slow])) ?? found.kept
    return request.headers.has('range') ? part(request, kept) : kept
  }
  const answer = await fetch(request)
  if (answer.status === 200 && request.destination === 'image')
    event.waitUntil(keepPage(request.url, answer.clone()))
  return answer
}

/** The bytes that a player asks for, out of a whole file (RFC 9110, 14). */
async function part(request, whole) {
  const body = await whole.blob()
  const asked = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get('range'))
  if (!asked) return new Response(body, { headers: whole.headers })
  const start = asked[1] ? Number(asked[1]) : Math.max(0, body.size - Number(asked[2]))
  const end = asked[1] && asked[2] ? Math.min(Number(asked[2]), body.size - 1) : body.size - 1
  if (start > end)
    return new Response(null, { status: 416, headers: { 'content-range': `bytes */${body.size}` } })
  return new Response(body.slice(start, end + 1), {
    status: 206,
    headers: {
      'content-type': whole.headers.get('content-type') ?? 'application/octet-stream',
      'content-length': String(end + 1 - start),
      'content-range': `bytes ${start}-${end}/${body.size}`,
      'accept-ranges': 'bytes',
    },
  })
}

/** Lets the oldest entries go; a cache lists them in the order in which they came. */
async function trim(cache, most) {
  const keys = await cache.keys()
  for (const key of keys.slice(0, Math.max(0, keys.length - most)))
    if (new URL(key.url).pathname !== offlinePage) await cache.delete(key)
}
