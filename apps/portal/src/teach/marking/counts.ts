type Item = { alias: string; state: 'waiting' | 'draft' | 'marked' }
type Counted = { waitingCount: number; markedCount: number; readyCount: number; items: Item[] }

const marked = (items: Item[]) => items.filter(({ state }) => state === 'marked').length

/** Attempts of which every answer given is marked. */
function readyIn(items: Item[]): number {
  const open = new Set(items.filter(({ state }) => state !== 'marked').map(({ alias }) => alias))
  return new Set(items.map(({ alias }) => alias).filter(alias => !open.has(alias))).size
}

/**
 * What is done of a quiz, from what the service counted when the page was read and the marks given since. The desk
 * may hold fewer answers than there are: `beyond` says how many more.
 */
export function countsOf(desk: Counted, items: Item[]) {
  const beyond = Math.max(0, desk.waitingCount + desk.markedCount - desk.items.length)
  return {
    done: desk.markedCount - marked(desk.items) + marked(items),
    count: items.length + beyond,
    ready: Math.max(0, desk.readyCount - readyIn(desk.items) + readyIn(items)),
    beyond,
  }
}
