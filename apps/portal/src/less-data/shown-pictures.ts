import { pictureAddresses } from './light-html.ts'

/** Which pictures were fetched on this page, where none is unless it is asked for: what was paid for is shown again. */

const shown = new Set<string>()
const listeners = new Set<() => void>()
let all = false

export const isPictureShown = (address: string): boolean => all || shown.has(address)

export function showPicture(address: string): void {
  shown.add(address)
  for (const listener of listeners) listener()
}

/** Shows all from now on, also those that are still to come. */
export function showAllPictures(): void {
  all = true
  for (const listener of listeners) listener()
}

/** Shows all pictures from now on, and fetches those of these questions at once: some may stand on a later page. */
export function fetchPictures(questions: object): void {
  showAllPictures()
  for (const address of pictureAddresses(JSON.stringify(questions))) new Image().src = address
}

export function onPictures(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
