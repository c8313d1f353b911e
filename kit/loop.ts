import type { Logger } from './log.ts'

/** How long a loop that is woken when there is work waits before it looks by itself, in case nobody told it. */
export const fallbackMs = 10_000

export type Loop = {
  wake(): void
  /** Wake when something comes due, to within a second. */
  wakeIn(ms: number): void
  stop(): Promise<void>
}

/**
 * Repeat `step` while it finds work, then wait until woken or until `idleMs` have passed: the fallback for what
 * another process left behind. A failing step is logged and tried again after a growing pause.
 */
export function startLoop(options: {
  name: string
  log: Logger
  idleMs: number
  /** @param expecting whether there is a reason to look: it was woken, or there was more. */
  step(expecting: boolean): Promise<'more' | 'idle'>
}): Loop {
  let stopping = false
  let woken = false
  let rouse: (() => void) | null = null
  let failures = 0
  let more = false

  const pause = (ms: number) =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, ms)
      rouse = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const running = (async () => {
    while (!stopping) {
      const expecting: boolean = woken || more || failures > 0
      woken = false
      try {
        more = (await options.step(expecting)) === 'more'
        failures = 0
        if (more || woken || stopping) continue
        await pause(options.idleMs)
      } catch (failure) {
        failures += 1
        options.log.error(`${options.name} failed; it will try again`, { failure })
        if (!stopping) await pause(Math.min(5000, 200 * 2 ** failures))
      }
      rouse = null
    }
  })()

  function wake(): void {
    woken = true
    rouse?.()
  }

  // One timer a second, however much comes due in it.
  const due = new Map<number, NodeJS.Timeout>()

  return {
    wake,
    wakeIn(ms) {
      const second = Math.ceil((Date.now() + ms + 50) / 1000)
      if (stopping || due.has(second)) return
      const timer = setTimeout(
        () => {
          due.delete(second)
          wake()
        },
        second * 1000 - Date.now(),
      )
      due.set(second, timer.unref())
    },
    async stop() {
      stopping = true
      for (const timer of due.values()) clearTimeout(timer)
      rouse?.()
      await running
    },
  }
}
