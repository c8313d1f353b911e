import type { Transaction } from './db.ts'
import type { Reporter } from './progress.ts'
import { sql } from './sql.ts'

/**
 * Background work: what kinds there are and how it is asked for. `job-runner.ts` runs it. A task is defined once, with
 * the type of its payload, so that nothing can ask for one that does not exist or give it what it does not take.
 */

export type TaskSettings = {
  /**
   * How many of it run at once in a process, where they may take long: they get places of their own, and hold up only
   * each other. Tasks without it share places.
   */
  atOnce?: number
  /** `urgent` where a person waits for it, `late` where nobody does. */
  priority?: 'urgent' | 'normal' | 'late'
  maxAttempts?: number
  /** When it comes due without being asked for: five-field cron, UTC. Its payload is empty then. */
  cron?: string
}

/** @typeParam Payload what `JSON.stringify` keeps. */
export type Task<Payload extends object = object> = {
  /** Begins with its service's name and a dot. */
  name: string
  settings: TaskSettings
  /** Carries the type alone. */
  readonly payload?: Payload
}

export function defineTask<Payload extends object = object>(
  name: string,
  settings: TaskSettings = {},
): Task<Payload> {
  return { name, settings }
}

/** The job was cancelled. What its work throws when it ends for that reason. */
export class JobCancelled extends Error {
  override name = 'JobCancelled'
}

/** What a job's work knows of its run. */
export type JobRun = {
  attempt: number
  lastAttempt: boolean
  /**
   * Aborted with `JobCancelled` once the job is cancelled. The work then takes back what it has stored and throws the
   * reason. A job that was cancelled in a process that died runs again with this aborted from the start.
   */
  signal: AbortSignal
  /**
   * How far it is, for a page to show. `write` stores it, seldom enough that the work is not slowed, and says false
   * when nobody waits for this job any more, which cancels it.
   */
  reporter<State>(write: (state: State) => Promise<boolean>): Reporter<State>
}

/** A task with its work. It may be run again after a crash, so it must be safe to repeat. */
export type TaskWork = {
  task: Task
  work(payload: never, run: JobRun): Promise<void>
}

export function runs<Payload extends object>(
  task: Task<Payload>,
  work: (payload: Payload, run: JobRun) => Promise<void>,
): TaskWork {
  return { task, work }
}

/** Smaller comes first. */
const priorities = { urgent: -10, normal: 0, late: 10 } as const
const mostAttempts = 8

/** What comes due every few minutes is not tried again: the next one does that, and those in between would pile up. */
export const attemptsOf = ({ maxAttempts, cron }: TaskSettings): number =>
  maxAttempts ?? (cron?.startsWith('*') ? 1 : mostAttempts)

export const priorityOf = ({ priority = 'normal' }: TaskSettings): number => priorities[priority]

/** Enqueue a job with the transaction that makes it necessary. `key` replaces a waiting job of the same key. */
export async function enqueue<Payload extends object>(
  tx: Transaction,
  { name, settings }: Task<Payload>,
  payload: NoInfer<Payload>,
  options: { key?: string; runAt?: string } = {},
): Promise<void> {
  await tx.run(sql`select azora_jobs.enqueue(${name}, ${JSON.stringify(payload)}::json, ${options.key ?? null},
    ${attemptsOf(settings)}::int, ${options.runAt ?? null}::timestamptz,
    ${priorityOf(settings)}::int, ${[name]}::text[])`)
}

/**
 * Cancel the job of a key, with the transaction that makes it needless. One that has not begun never runs. One that runs
 * is told, in whichever process, and one that waits for another attempt runs at once, to clean up after itself.
 *
 * @returns how it was; null when there is none.
 */
export async function cancel(tx: Transaction, key: string): Promise<'waiting' | 'begun' | null> {
  const { was } = await tx.one<{ was: 'waiting' | 'begun' | null }>(
    sql`select azora_jobs.cancel_own(${key}) as was`,
  )
  return was
}
