import type { Stripe } from 'stripe'
import { missing } from './failure.ts'
import type { Kind, Objects } from './objects.ts'
import type { Page } from './store.ts'
import type { Work } from './work.ts'

/** What a list may be asked for with. */
type PageParams = {
  limit?: number | undefined
  starting_after?: string | undefined
  ending_before?: string | undefined
  created?: { [bound in 'gt' | 'gte' | 'lt' | 'lte']?: number | undefined } | undefined
}

/**
 * A page of what there is of a kind, the newest first.
 * @param filter what fields are to be; null for any
 * @param suits for what no field says
 */
export function list<K extends Kind>(
  work: Work,
  kind: K,
  url: string,
  params: PageParams,
  filter: Record<string, string | null>,
  suits: (object: Objects[K]) => boolean = () => true,
): Stripe.ApiList<Objects[K]> {
  const limit = params.limit ?? 10
  const backwards = params.ending_before !== undefined && params.starting_after === undefined
  const given = { starting_after: params.starting_after, ending_before: params.ending_before }
  for (const [param, id] of Object.entries(given)) {
    if (id !== undefined && !work.store.find(kind, id)) throw missing(kind, id, param)
  }
  const found: Objects[K][] = []
  let from: Pick<Page, 'startingAfter' | 'endingBefore'> = {
    startingAfter: params.starting_after ?? null,
    endingBefore: params.ending_before ?? null,
  }
  const created = Object.fromEntries(
    Object.entries(params.created ?? {}).filter(([, bound]) => bound !== undefined),
  )
  // Usually one round; more of them where what was found does not suit.
  for (;;) {
    const next = work.store.list(kind, { limit, ...from, created }, filter)
    found.push(...next.filter(suits))
    const last = next.at(-1) as { id: string } | undefined
    if (found.length > limit || next.length <= limit || !last) break
    from = backwards
      ? { startingAfter: null, endingBefore: last.id }
      : { startingAfter: last.id, endingBefore: null }
  }
  const data = found.slice(0, limit)
  return { object: 'list', data: backwards ? data.reverse() : data, has_more: found.length > limit, url }
}
