import type { Queryable } from '@azora/kit/db.ts'
import { type DrawnValues, drawValues, valuesOf } from '../questions/parameters/draw-values.ts'
import { seedOf } from '../submissions/option-order.ts'
import { selectParameters, type ToldAttempt } from './privacy.store.ts'

/**
 * Attempts with the values that were drawn for them, by the id of the question. What is computed from them may be the
 * right answer, so they are told once that is.
 */
export async function withValues<A extends ToldAttempt>(db: Queryable, attempts: A[]) {
  const shown = attempts.filter(({ answersShown }) => answersShown)
  const ids = [...new Set(shown.flatMap(({ questionIds }) => questionIds))]
  const drawn = ids.length > 0 ? await selectParameters(db, ids) : []
  const known = new Map(drawn.map(({ id, version, parameters }) => [`${id} ${version}`, parameters]))
  return attempts.map(({ answersShown, ...attempt }) => {
    const values: Record<string, DrawnValues> = {}
    for (const [at, id] of attempt.questionIds.entries()) {
      const parameters = answersShown && known.get(`${id} ${attempt.questionVersions[at]}`)
      if (parameters) values[id] = valuesOf(drawValues(parameters, seedOf(attempt.id, id)))
    }
    return { ...attempt, values }
  })
}
