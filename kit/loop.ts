import type { Logger } from './log.ts'

/**
 * Repeat `step` while it finds work, then wait until woken or until `idleMs` have passed: the fallback for what
 * another process left behind. A failing step is logged and tried again after a growing pause.
 */
export function startLoop(options: {
  name: string
  log: Logger
  idleMs: number
  step(): Promise<'more' | 'idle'>
}): { wake(): void; stop(): Promise<void> } {
  let stopping = false
  let woken = false
  let rouse: (() => void) | null = null
  let failures = 0

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
      woken = false
      try {
        const found = await options.step()
        failures = 0
        if (found === 'more' || woken || stopping) continue
        await pause(options.idleMs)
      } catch (failure) {
        failures += 1
        options.log.error(`${options.name} failed; it will try again`, { failure })
        if (!stopping) await pause(Math.min(5000, 200 * 2 ** failures))
      }
      rouse = null
    }
  })()

  return {
    wake() {
      woken = true
      rouse?.()
    },
    async stop() {
      stopping = true
      rouse?.()
      await running
    },
  }
}
