/**
 * Whether pages are made for a learner whose data is costly. Their choice is a cookie, so that the first page is light
 * already; without one the browser's own wish counts (`Save-Data`, or what a script sees of it: `device`).
 */
export const dataCookie = 'azora_data'

const oneYearSeconds = 31_536_000

export const asksForLess = (choice: string | undefined, saveData: string | null): boolean =>
  choice === 'less' || choice === 'device' || (choice !== 'full' && saveData?.toLowerCase() === 'on')

function keepChoice(choice: 'less' | 'full' | 'device'): void {
  const life = choice === 'device' ? '' : `; Max-Age=${oneYearSeconds}`
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
  document.cookie = `${dataCookie}=${choice}; Path=/; SameSite=Lax${life}`
}

/** Keeps the choice on this device and makes the page anew. */
export function chooseData(choice: 'less' | 'full'): void {
  keepChoice(choice)
  location.reload()
}

/** Whether its reader has begun to do something with the page, which would be lost with it. */
const isInUse = () =>
  navigator.userActivation?.hasBeenActive === true ||
  document.activeElement?.matches('input, textarea, select, [contenteditable]') === true

/**
 * Follows a browser that saves data and did not say so with its request, unless its owner chose here; until it is closed.
 * Over a slow line a script comes late: a page that is in use by then stays, and the next one is light.
 */
export function followBrowser(): void {
  const { connection } = navigator as { connection?: { saveData?: boolean } }
  const isLight = document.documentElement.dataset.lessData !== undefined
  const chosen = new RegExp(`(?:^|; )${dataCookie}=`).test(document.cookie)
  // Without cookies it would go round in circles.
  if (!connection?.saveData || isLight || chosen || !navigator.cookieEnabled) return
  keepChoice('device')
  if (!isInUse()) location.reload()
}
