/** How much this browser received of this site today, by its own account (Resource Timing). */

type Shelf = Pick<Storage, 'getItem' | 'setItem'>

const key = 'azora-data-used'

/** Told to the window when more was counted. */
export const dataUsedEvent = 'azora-data-used'

const dayOf = (now: Date) => `${now.getFullYear()}-${now.getMonth() + 1}-${now.getDate()}`

export function usedToday(shelf: Shelf, now = new Date()): number {
  const [day, bytes] = (shelf.getItem(key) ?? '').split(' ')
  return day === dayOf(now) ? Number(bytes) || 0 : 0
}

/** Counts more of the day by this device's clock; another day begins anew. */
export function addUsed(shelf: Shelf, bytes: number, now = new Date()): void {
  if (bytes > 0) shelf.setItem(key, `${dayOf(now)} ${usedToday(shelf, now) + bytes}`)
}

// What arrives together is asked for together.
const gatherMs = 1000

/** What of these a page received itself. A page that its service worker fetched is counted there. */
export const receivedIn = (entries: Received[]): number =>
  entries.reduce(
    (sum, { entryType, transferSize, workerStart }) =>
      sum + (entryType === 'navigation' && workerStart > 0 ? 0 : transferSize || 0),
    0,
  )

type Received = Pick<PerformanceResourceTiming, 'entryType' | 'transferSize' | 'workerStart'>

/**
 * Counts from now on, with what this page received before. A browser tells nothing of what other sites sent, of live
 * connections, and of what is sent; what came out of a cache counts nothing.
 */
export function countDataUsed(): void {
  const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined
  const add = (bytes: number) => {
    try {
      addUsed(localStorage, bytes)
      dispatchEvent(new Event(dataUsedEvent))
    } catch {
      // A window that keeps nothing counts nothing.
    }
  }
  const ask = () => worker?.controller?.postMessage('data-used')
  let asking: ReturnType<typeof setTimeout> | undefined
  worker?.addEventListener('message', ({ data }) => {
    const bytes = (data as { dataUsed?: unknown } | null)?.dataUsed
    if (typeof bytes === 'number') add(bytes)
  })
  worker?.startMessages()
  const observer = new PerformanceObserver(list => {
    add(receivedIn(list.getEntries() as PerformanceResourceTiming[]))
    clearTimeout(asking)
    asking = setTimeout(ask, gatherMs)
  })
  for (const type of ['navigation', 'resource']) observer.observe({ type, buffered: true })
}
