/**
 * Do work for each of several, one after another. One that fails keeps none of the others: a sweep that ended at its
 * first failure would end there each time that it runs.
 *
 * @param what they are and what was not done, for operators: `imports were not ended`.
 * @throws AggregateError of what failed, once all were tried.
 */
export async function eachAlone<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<unknown>,
  what: string,
): Promise<void> {
  const failures: unknown[] = []
  let count = 0
  for (const item of items) {
    count += 1
    try {
      await work(item)
    } catch (failure) {
      failures.push(failure)
    }
  }
  if (failures.length === 0) return
  const reasons = new Set(
    failures.map(failure => (failure instanceof Error ? failure.message : String(failure))),
  )
  const shown = [...reasons].slice(0, shownReasons).join('; ')
  throw new AggregateError(failures, `${failures.length} of ${count} ${what}: ${shown}`)
}

// Of a job that failed, operators see the message alone.
const shownReasons = 3

/** Take some steps that have nothing to do with each other. @throws AggregateError once all were tried. */
export const allSteps = (steps: (() => Promise<unknown>)[], what = 'steps failed'): Promise<void> =>
  eachAlone(steps, step => step(), what)
