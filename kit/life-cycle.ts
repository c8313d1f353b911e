import type { Logger } from './log.ts'

/**
 * `starting` until each step is done, then `running`; `stopping` while the steps are undone, last first, and then
 * `stopped`. A start of which one step fails goes from `starting` to `stopping` by itself.
 */
export type LifeState = 'starting' | 'running' | 'stopping' | 'stopped'

export type LifeCycle = {
  state(): LifeState
  /** Say how a step is undone, as soon as it is done. @throws Error after undoing it, when all has stopped already. */
  onStop(step: string, undo: () => unknown): Promise<void>
  /**
   * Undo every step, whichever of them fail. Called again it gives the same promise.
   * @throws AggregateError of what failed; each failure is in the log under its step.
   */
  stop(): Promise<void>
}

/**
 * Start something in steps. What was done before a failure is undone before the failure is thrown, so nobody has to
 * know how far it came.
 * @param name what starts, for the log.
 */
export async function startInSteps<T>(
  name: string,
  log: Logger,
  start: (life: LifeCycle) => Promise<T>,
): Promise<T> {
  let state: LifeState = 'starting'
  let stopping: Promise<void> | null = null
  const steps: { step: string; undo: () => unknown }[] = []

  async function undoAll(): Promise<void> {
    state = 'stopping'
    const failures: unknown[] = []
    for (let last = steps.pop(); last; last = steps.pop()) {
      try {
        await last.undo()
      } catch (failure) {
        log.error('A step of the start could not be undone', { of: name, step: last.step, failure })
        failures.push(failure)
      }
    }
    state = 'stopped'
    if (failures.length > 0) throw new AggregateError(failures, `Not all of ${name} stopped in order.`)
  }

  const life: LifeCycle = {
    state: () => state,
    async onStop(step, undo) {
      if (state !== 'stopped') return void steps.push({ step, undo })
      await undo()
      throw new Error(`${name} stopped while it was starting: ${step}`)
    },
    stop: () => {
      stopping ??= undoAll()
      return stopping
    },
  }
  try {
    const started = await start(life)
    if (stopping) throw new Error(`${name} stopped while it was starting.`)
    state = 'running'
    return started
  } catch (failure) {
    // What could not be undone is in the log; why the start failed is what the caller needs.
    await life.stop().catch(() => {})
    throw failure
  }
}
