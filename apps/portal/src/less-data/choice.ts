/**
 * Whether pages are made for a learner whose data is costly. Their choice is a cookie, so that the first page is light
 * already; without one the browser's own wish counts (`Save-Data`, or what a script sees of it: `device`).
 */
export const dataCookie = 'azora_data'

const oneYearSeconds = 31_536_000

export const asksForLess = (choice: string | undefined, saveData: string | null): boolean =>
  choice === 'less' || choice === 'device' || (choice !== 'full' && saveData?.toLowerCase() === 'on')

/** Keeps the choice on this device and makes the page anew. `device` holds until the browser is closed. */
export function chooseData(choice: 'less' | 'full' | 'device'): void {
  const life = choice === 'device' ? '' : `; Max-Age=${oneYearSeconds}`
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
  document.cookie = `${dataCookie}=${choice}; Path=/; SameSite=Lax${life}`
  location.reload()
}

/** Follows a browser that saves data and did not say so with its request, unless its owner chose here. */
export function followBrowser(): void {
  const { connection } = navigator as { connection?: { saveData?: boolean } }
  const isLight = document.documentElement.dataset.lessData !== undefined
  const chosen = new RegExp(`(?:^|; )${dataCookie}=`).test(document.cookie)
  // Without cookies it would go round in circles.
  if (connection?.saveData && !isLight && !chosen && navigator.cookieEnabled) chooseData('device')
}
