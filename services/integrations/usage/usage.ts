import { may } from '@azora/contracts/permissions.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { selectBuckets, selectOperations, selectSources, type UsageFilter } from './usage.store.ts'

const mostDays = 62
const mostRows = 50

/**
 * How much of the API someone uses, or their school.
 * @throws AppError `forbidden` for the school without `integrations.manage`; `invalid_input` for a span that is empty
 * or longer than 62 days.
 */
export async function getUsage(
  db: Database,
  actor: Actor,
  wanted: {
    of: 'me' | 'school'
    sourceId?: string | undefined
    by: 'hour' | 'day'
    from: string
    until: string
  },
) {
  if (wanted.of === 'school' && !may(actor, 'integrations.manage')) throw new AppError('forbidden')
  const spanMs = Date.parse(wanted.until) - Date.parse(wanted.from)
  if (spanMs <= 0) throw invalidField('until', 'span_empty', { code: 'out_of_range' })
  if (spanMs > mostDays * 86_400_000)
    throw invalidField('from', 'span_long', { code: 'out_of_range', values: { days: mostDays } })
  const filter: UsageFilter = {
    userId: wanted.of === 'me' ? actor.userId : null,
    sourceId: wanted.sourceId ?? null,
    by: wanted.by,
    from: wanted.from,
    until: wanted.until,
  }
  const school = db.in(actor.organizationId)
  const [items, sources, operations] = await Promise.all([
    selectBuckets(school, filter),
    selectSources(school, filter, mostRows),
    selectOperations(school, filter, mostRows),
  ])
  return { items, sources, operations }
}
