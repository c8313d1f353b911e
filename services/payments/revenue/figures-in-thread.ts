import { AppError } from '@azora/kit/errors.ts'
import { createWorkers, JobTooLarge } from '@azora/kit/worker.ts'
import { type Asked, type FigureName, type Figures, figures } from './figures.ts'

/**
 * Works out figures of subscriptions. Three years of movements of five thousand subscriptions take most of a second of
 * processor, so what is more than a few goes to a thread.
 */

export type FigureOrder = { name: FigureName; asked: Asked }

/** Subscriptions times months: fewer cost less than the way to the thread. */
const small = 1000

const workers = createWorkers<FigureOrder, unknown>({
  module: new URL('./figures-worker.ts', import.meta.url),
  timeLimitMs: 60_000,
  memoryMiB: 512,
  threads: 1,
  waiting: 20,
  waitingPerCaller: 8,
  idleMs: 10_000,
})

/**
 * @param caller whose work it is, so that one caller cannot hold up all others
 * @throws AppError `rate_limited`, `unavailable`
 */
export async function figureInThread<Name extends FigureName>(
  name: Name,
  asked: Asked,
  caller: string,
): Promise<ReturnType<Figures[Name]>> {
  type Found = ReturnType<Figures[Name]>
  if (asked.histories.length * asked.months <= small) return figures[name](asked) as Found
  try {
    return (await workers.run({ name, asked }, { caller })) as Found
  } catch (failure) {
    if (failure instanceof JobTooLarge)
      throw new AppError('unavailable', { retryAfterSeconds: 60 }, { cause: failure })
    throw failure
  }
}
