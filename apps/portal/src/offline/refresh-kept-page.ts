import { pagesCache } from '@azora/web/offline/caches.ts'

/**
 * Fetches the page at `path` again for the service worker's cache. For a page whose content changed without a
 * navigation: a quiz that was begun must still show its questions when the browser is opened again without a line.
 */
export async function refreshKeptPage(path: string): Promise<void> {
  if (!navigator.serviceWorker?.controller) return
  try {
    const page = await fetch(path, { credentials: 'same-origin' })
    if (page.ok && !page.redirected) await (await caches.open(pagesCache)).put(path, page)
  } catch (failure) {
    console.warn('The page could not be kept for offline; the one kept before stays.', failure)
  }
}
