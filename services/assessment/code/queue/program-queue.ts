import { AppError } from '@azora/kit/errors.ts'
import { type Program, type ProgramResult, SandboxFault } from '../sandbox/program.ts'
import { createFairQueue, type Share } from './fair-queue.ts'

/**
 * Programs run a few at a time, as many as there are processors: more would only share them out, and each would seem
 * slow to its learner. The others wait, in fair order, up to a number; beyond it they are refused at once, since
 * a page that waits for minutes is worse than one that says so.
 */

export type QueueSettings = {
  run(program: Program): Promise<ProgramResult>
  atOnce: number
  /** Of all schools together; what was submitted is not refused, as a job brings it and waits for it. */
  mostPractice: number
  /** So that one school cannot take the room of all. */
  mostPracticeOfSchool: number
  mostPracticeOfLearner: number
}

type Waiting = { start(): void }

export function createProgramQueue({ run, atOnce, ...most }: QueueSettings) {
  const queue = createFairQueue<Waiting>()
  let running = 0

  function startNext(): void {
    while (running < atOnce) {
      const next = queue.next()
      if (!next) return
      running += 1
      next.start()
    }
  }

  function refuseTooMany(share: Share): void {
    // Who has seen the first of their tests is not sent away before the others: all of them would be run again.
    if (share.purpose !== 'practice' || share.begun) return
    if (queue.sizeOfLearner(share) >= most.mostPracticeOfLearner)
      throw new AppError('rate_limited', { retryAfterSeconds: 5 })
    if (queue.sizeOfSchool(share) >= most.mostPracticeOfSchool || queue.size('practice') >= most.mostPractice)
      throw new AppError('unavailable', { retryAfterSeconds: 10 })
  }

  /** The death of a run that the program is not to blame for costs one more try. */
  async function runTwiceIfNeeded(program: Program): Promise<ProgramResult> {
    try {
      return await run(program)
    } catch (failure) {
      if (!(failure instanceof SandboxFault)) throw failure
      return await run(program)
    }
  }

  /**
   * @param signal takes it out again while it waits; a program that runs is let run to its end.
   * @throws AppError `rate_limited` when the learner, `unavailable` when the school or all together have too many waiting.
   * @throws SandboxFault when the sandbox failed twice.
   */
  async function runInTurn(program: Program, share: Share, signal?: AbortSignal): Promise<ProgramResult> {
    signal?.throwIfAborted()
    refuseTooMany(share)
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        start() {
          signal?.removeEventListener('abort', leave)
          resolve()
        },
      }
      const leave = () => {
        if (queue.withdraw(share, waiting)) reject(signal?.reason)
      }
      signal?.addEventListener('abort', leave, { once: true })
      queue.add(share, waiting)
      startNext()
    })
    try {
      return await runTwiceIfNeeded(program)
    } finally {
      running -= 1
      startNext()
    }
  }

  return { run: runInTurn, waiting: () => queue.size('graded') + queue.size('practice') }
}
