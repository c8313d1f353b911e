import type { ServiceName as Service } from '@azora/contracts/service-names.ts'
import { askAll } from './ask-all.ts'

export const pageSize = 50

type Page<Item> = { items: Item[]; nextCursor: string | null }

/** Where a list is in one service: the page of the API, and the mark of the last item of it that was shown. */
type Place<Mark> = { cursor?: string; after?: Mark }

/** The order in which each service lists its items, by what marks an item's place in it. Negative: `a` is newer. */
export type Order<Item, Mark> = { markOf: (item: Item) => Mark; newestFirst: (a: Mark, b: Mark) => number }

/**
 * A page of what several services list, in one list, newest first. Each service pages by itself; the cursor of the
 * whole holds the place in each, or null where nothing is left.
 */
export async function pageOfAll<Item, Mark>(
  asked: readonly Service[],
  cursor: string | undefined,
  { markOf, newestFirst }: Order<Item, Mark>,
  ask: (service: Service, cursor: string | undefined) => Promise<Page<Item>>,
): Promise<Page<Item & { service: Service }> & { silent: Service[] }> {
  const places: Partial<Record<Service, Place<Mark> | null>> = cursor ? JSON.parse(cursor) : {}
  const open = asked.filter(service => places[service] !== null)
  const { items: pages, silent } = await askAll(open, async service => {
    const { cursor, after } = places[service] ?? {}
    const { items, nextCursor } = await ask(service, cursor)
    const left = after ? items.filter(item => newestFirst(after, markOf(item)) < 0) : items
    return [{ service, nextCursor, left: left.map(item => ({ ...item, service })) }]
  })
  // What a service has beyond its page may be newer than what another service has in its own.
  const ends = pages.flatMap(({ nextCursor, left }) => (nextCursor === null ? [] : left.slice(-1)))
  const shown = pages
    .flatMap(({ left }) => left)
    .filter(item => ends.every(end => newestFirst(markOf(item), markOf(end)) <= 0))
    .sort((a, b) => newestFirst(markOf(a), markOf(b)) || a.service.localeCompare(b.service))
    .slice(0, pageSize)
  for (const { service, nextCursor, left } of pages) {
    const last = shown.findLast(item => item.service === service)
    if (left.length === 0 || last === left.at(-1)) {
      places[service] = nextCursor === null ? null : { cursor: nextCursor }
    } else if (last) {
      places[service] = { ...places[service], after: markOf(last) }
    }
  }
  const more = asked.some(service => places[service] !== null && !silent.includes(service))
  return { items: shown, nextCursor: more ? JSON.stringify(places) : null, silent }
}
