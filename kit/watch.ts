import type { Signals } from './signals.ts'

// Signals are lost while Redis is down, and a process that died sent none.
const lookEveryMs = 15_000

/**
 * What `read` finds: at once, and again whenever its topic is signalled, until aborted. Signals that come while
 * nobody asks for more are answered by one reading, so a slow reader sees how things stand and not each step.
 */
export async function* watch<T>(options: {
  signals: Signals
  topic: string
  read(): Promise<T>
  signal: AbortSignal
}): AsyncGenerator<T, void, void> {
  const { signals, topic, read, signal } = options
  let changed = false
  let rouse = () => {}
  const wake = () => {
    changed = true
    rouse()
  }
  const stopHearing = signals.hear(topic, wake)
  signal.addEventListener('abort', wake)
  try {
    while (!signal.aborted) {
      // Before the reading: what changes in its middle is read again.
      changed = false
      yield await read()
      if (changed || signal.aborted) continue
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, lookEveryMs)
        rouse = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      rouse = () => {}
    }
  } finally {
    stopHearing()
    signal.removeEventListener('abort', wake)
  }
}
