import { availableParallelism } from 'node:os'
import { AppError } from '@azora/kit/errors.ts'
import type { Share } from './queue/fair-queue.ts'
import { createProgramQueue } from './queue/program-queue.ts'
import { type Found, findSandbox } from './sandbox/find-sandbox.ts'
import { type Program, type ProgramResult, SandboxFault } from './sandbox/program.ts'

/** Programs of learners as the service runs them: behind the wall of this machine, and in fair turns. */

export type Programs = {
  /** Which wall stands. It is looked for once, and again after a minute where none was found. */
  find(): Promise<Found>
  /**
   * @param signal takes it out again while it waits
   * @throws AppError `rate_limited`, `unavailable`, `invalid_input`
   * @throws SandboxFault when there is no wall, or it failed twice.
   */
  run(program: Program, share: Share, signal?: AbortSignal): Promise<ProgramResult>
}

// A class that runs its programs at once finds room, and what waits is served within a minute or so.
const mostWaiting = { mostPractice: 400, mostPracticeOfSchool: 100, mostPracticeOfLearner: 3 }
const lookAgainMs = 60_000

/**
 * @param wall `off` where no program is to be run on this machine
 * @param look for tests
 */
export function createPrograms(wall: 'auto' | 'off', look: () => Promise<Found> = findSandbox): Programs {
  let found: Promise<Found> | null = null
  let foundAt = 0

  async function lookOnce(): Promise<Found> {
    if (wall === 'off') return { sandbox: null, reason: 'The setting AZORA_PROGRAMS is off.' }
    try {
      return await look()
    } catch (failure) {
      return { sandbox: null, reason: `The sandbox could not be tried: ${(failure as Error).message}` }
    }
  }

  async function find(): Promise<Found> {
    found ??= lookOnce().finally(() => {
      foundAt = performance.now()
    })
    const one = await found
    if (one.sandbox !== null || performance.now() - foundAt < lookAgainMs) return one
    found = null
    return find()
  }

  const queue = createProgramQueue({
    atOnce: availableParallelism(),
    ...mostWaiting,
    async run(program) {
      const { sandbox } = await find()
      if (!sandbox) throw new SandboxFault('No sandbox stands on this machine.')
      return sandbox.run(program)
    },
  })
  return { find, run: queue.run }
}

/** That programs of a language can be run here. @throws AppError `programs_not_run` */
export async function requireLanguage(programs: Programs, language: string): Promise<void> {
  const { sandbox } = await programs.find()
  if (!sandbox?.languages.includes(language)) throw new AppError('programs_not_run')
}
