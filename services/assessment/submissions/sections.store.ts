import type { Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { moveEnd } from '../accommodations/accommodations.store.ts'
import type { Confidences } from '../questions/confidence.ts'
import type { Answers } from '../quizzes/grade.ts'

/**
 * Joins, as `t`, the sections of quiz `q` as an attempt begins with them that has the extra time of `a`, and when the last
 * of them ends where all have a limit. How long the whole may take is not in it, and a teacher's extra minutes are of that.
 */
export const sectionsBegun = sql`
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object('title', e ->> 'title', 'instructions', e ->> 'instructions',
        'questions', e -> 'questions', 'baseSeconds', base, 'limitSeconds', longer) order by n), '[]') as sections,
      case when bool_and(base is not null) then statement_timestamp() + make_interval(secs => sum(longer)) end as sections_end
    from (
      select e, n, base, round(base * (100 + coalesce(a.extra_percent, 0)) / 100.0 + case
        when bool_and(base is not null) over () then coalesce(a.extra_minutes, 0) * 60.0 * base / sum(base) over () else 0 end) as longer
      from jsonb_array_elements(q.sections) with ordinality as s (e, n)
      cross join lateral (select (e ->> 'timeLimitMinutes')::int * 60 as base) l) o) t`

/** Keep what a learner goes on with, in an attempt that is locked, and let it end as its sections say now. */
export async function storeWentOn(
  tx: Transaction,
  attempt: { id: string; answers: Answers; confidence: Confidences; wentOn: string[] },
  sectionsEnd: string | null,
): Promise<string | null> {
  await tx.run(sql`
    update submissions set answers = ${JSON.stringify(attempt.answers)}::jsonb,
      confidence = ${JSON.stringify(attempt.confidence)}::jsonb, went_on = ${JSON.stringify(attempt.wentOn)}::jsonb,
      sections_end = ${sectionsEnd}
    where organization_id = ${tx.organizationId} and id = ${attempt.id}`)
  return moveEnd(tx, attempt.id)
}
