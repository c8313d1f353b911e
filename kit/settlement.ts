import type { Unsettled } from './context.ts'
import { AppError } from './errors.ts'

/**
 * Lets the answer of a request commit together with what the request wrote. The first write opens a transaction that
 * stays open while the handler runs; each further transaction or statement of the handler is a step in it, undone by
 * itself when it fails. So a handler needs to know nothing of it, and a crash leaves both the work and the record of
 * its answer, or neither.
 *
 * What a failing handler had completed by then is kept, as it is without an idempotency key: the count of wrong
 * guesses must not vanish with the refusal.
 */

type Client = { query(text: string): Promise<unknown> }
type Held<C> = { client: C; afters: (() => void)[] }

type SettlementOptions<C> = {
  service: string
  connect(): Promise<C>
  release(client: C, broken: boolean): void
  /** Forget what is known of the connection's session: a rollback takes settings back. */
  undone(client: C): void
  /** What callers are told, and whether the connection is lost. */
  describe(failure: unknown): { fault: unknown; broken: boolean }
}

/** One unit of work on the open connection; `after` is kept for when it is committed. */
export type Step<C, T> = (client: C, after: (work: () => void) => void) => Promise<T>

export type Settlement<C> = Unsettled & {
  isOpen(): boolean
  isAnswered(): boolean
  /** The connection went, and all that was not committed. */
  isLost(): boolean
  /** Do `work` as a part of the whole; undone by itself when it throws. Steps take turns. */
  step<T>(work: Step<C, T>): Promise<T>
  /**
   * Commit all steps together with `mark`, and take no more; all is undone when `mark` throws.
   * @throws AppError `unavailable` when the connection was lost, and the steps with it.
   */
  finish(mark: (client: C) => Promise<void>): Promise<void>
}

export function createSettlement<C extends Client>(options: SettlementOptions<C>): Settlement<C> {
  const { connect, release, undone, describe } = options
  let held: Held<C> | null = null
  let lost = false
  let answered = false
  let turn: Promise<unknown> = Promise.resolve()

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work)
    turn = mine.catch(() => {})
    return mine
  }

  async function open(): Promise<Held<C>> {
    if (lost) throw new AppError('unavailable')
    if (!held) {
      const client = await connect()
      held = { client, afters: [] }
      await guarded(held, () => client.query('begin'))
    }
    return held
  }

  /** Runs a statement of ours or of a step; when the connection goes, everything that is not committed went with it. */
  async function guarded<T>(on: Held<C>, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (failure) {
      const { fault, broken } = describe(failure)
      if (broken && held === on) {
        held = null
        lost = true
        release(on.client, true)
      }
      throw fault
    }
  }

  async function commit(on: Held<C>): Promise<void> {
    await guarded(on, () => on.client.query('commit'))
    held = null
    release(on.client, false)
    for (const work of on.afters) work()
  }

  async function rollBack(on: Held<C>): Promise<void> {
    if (held !== on) return
    held = null
    undone(on.client)
    const failed = await on.client.query('rollback').then(
      () => false,
      () => true,
    )
    release(on.client, failed)
  }

  return {
    service: options.service,
    isOpen: () => held !== null || lost,
    isAnswered: () => answered,
    isLost: () => lost,
    afterCommit(work) {
      if (held) held.afters.push(work)
      else if (!lost) work()
    },
    step: work =>
      inTurn(async () => {
        if (answered) throw new Error('The request to which this write belongs has been answered.')
        const on = await open()
        return guarded(on, async () => {
          const { client } = on
          const afters: (() => void)[] = []
          await client.query('savepoint step')
          try {
            const made = await work(client, after => void afters.push(after))
            await client.query('release savepoint step')
            on.afters.push(...afters)
            return made
          } catch (failure) {
            undone(client)
            if (!describe(failure).broken) await client.query('rollback to savepoint step')
            throw failure
          }
        })
      }),
    commitSoFar: () => inTurn(async () => held && (await commit(held))).then(() => {}),
    finish: mark =>
      inTurn(async () => {
        const on = await open()
        answered = true
        try {
          await guarded(on, () => mark(on.client))
          await commit(on)
        } catch (failure) {
          await rollBack(on)
          throw failure
        }
      }),
  }
}
