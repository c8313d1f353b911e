import { courseCachePrefix, staticCache } from '@azora/web/offline/caches.ts'

/** What is known of a course that is kept on this device; stands in its cache, at `recordAddress`. */
export type Kept = {
  courseId: string
  title: string
  address: string
  bytes: number
  /** Parts that could not be fetched. */
  missed: number
  /** Videos that were left out; `bytes` is 0 where the page does not tell it. */
  videos: { address: string; bytes: number }[]
}

type Course = { courseId: string; title: string; address: string; lessonAddresses: string[] }
type Tell = (done: number, count: number) => void

const recordAddress = '/kept-course.json'
const cacheName = (courseId: string) => `${courseCachePrefix}${courseId}`

/** What is kept of a course, or null. */
export async function keptOf(courseId: string): Promise<Kept | null> {
  if (!(await caches.has(cacheName(courseId)))) return null
  const record = await (await caches.open(cacheName(courseId))).match(recordAddress)
  return record ? ((await record.json()) as Kept) : null
}

/** All courses that are kept on this device. */
export async function allKept(): Promise<Kept[]> {
  const names = (await caches.keys()).filter(name => name.startsWith(courseCachePrefix))
  const found = await Promise.all(names.map(name => keptOf(name.slice(courseCachePrefix.length))))
  return found.filter(kept => kept !== null)
}

export const removeCourse = (courseId: string) => caches.delete(cacheName(courseId))

/**
 * Fetches the pages of a course and the pictures and files in them; videos are listed and left out. Whatever was
 * kept before is fetched again. Throws QuotaExceededError when the device is full.
 */
export async function fetchCourse(course: Course, tell: Tell): Promise<Kept> {
  const cache = await caches.open(cacheName(course.courseId))
  const kept: Kept = { ...recordOf(course), bytes: 0, missed: 0, videos: [] }
  const files = new Set<string>()
  const statics = new Set<string>()
  const pages = [course.address, ...course.lessonAddresses]
  let done = 0
  for (const page of pages) {
    const body = await store(cache, page, kept)
    if (body) collect(new DOMParser().parseFromString(await body.text(), 'text/html'), files, statics, kept)
    tell(++done, pages.length + files.size)
  }
  const shell = await caches.open(staticCache)
  for (const address of statics) if (!(await shell.match(address))) await store(shell, address, kept)
  for (const address of files) {
    await store(cache, address, kept)
    tell(++done, pages.length + files.size)
  }
  return write(cache, kept)
}

/** Fetches the videos of a course that is kept already. */
export async function keepVideos(course: Course, tell: Tell): Promise<Kept> {
  const cache = await caches.open(cacheName(course.courseId))
  const before = await keptOf(course.courseId)
  if (!before) return fetchCourse(course, tell)
  const kept: Kept = { ...before, missed: 0, videos: [] }
  for (const [index, video] of before.videos.entries()) {
    if (!(await store(cache, video.address, kept))) kept.videos.push(video)
    tell(index + 1, before.videos.length)
  }
  return write(cache, kept)
}

const recordOf = ({ courseId, title, address }: Course) => ({ courseId, title, address })

async function write(cache: Cache, kept: Kept): Promise<Kept> {
  await cache.put(recordAddress, new Response(JSON.stringify(kept)))
  return kept
}

/** Fetches one address into a cache and counts it. Null when it could not be had. */
async function store(cache: Cache, address: string, kept: Kept): Promise<Blob | null> {
  const answer = await fetch(address, { credentials: 'same-origin' }).catch(() => null)
  // A redirect leads to the sign-in page: not what was asked for.
  if (!answer?.ok || answer.redirected) {
    kept.missed++
    return null
  }
  const body = await answer.clone().blob()
  await cache.put(address, answer)
  kept.bytes += body.size
  return body
}

const ownFile = '/api/v1/education/files/'

/** Finds what a page needs to be read without a connection. */
function collect(page: Document, files: Set<string>, statics: Set<string>, kept: Kept) {
  for (const element of page.querySelectorAll('[src],[href],[poster]')) {
    for (const attribute of ['src', 'href', 'poster']) {
      const address = element.getAttribute(attribute)
      if (!address) continue
      if (address.startsWith('/_next/static/')) statics.add(address)
      if (!address.startsWith(ownFile)) continue
      const video = element.closest('video')
      const isVideo = video !== null && attribute === 'src' && element.tagName !== 'TRACK'
      if (!isVideo && element.tagName === 'A' && video) continue
      if (!isVideo) files.add(address)
      else if (!kept.videos.some(known => known.address === address))
        kept.videos.push({ address, bytes: Number(video.dataset.size ?? 0) })
    }
  }
}
