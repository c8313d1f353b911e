import type { TaskSettings } from './jobs.ts'

/**
 * Which jobs a process may take up just now. Tasks that may take long have lanes of their own, with as many places as
 * they may use; all others share what is left, and none of them may take all of that. Jobs carry their task's name as
 * a flag, so that one whose lane is full is passed over and the next one comes.
 *
 * The limits are each process's own: another process brings places of its own.
 */

/** Places for the tasks without a lane, and how many of them one task may take. */
const sharedPlaces = 6
const sharedPlacesPerTask = 4

export type Lanes = {
  /** All places together. */
  places: number
  /**
   * The names of the tasks that may not be taken up. The one who asks looks for one job, and says how that ended before
   * the next may ask: else two could see the same last place.
   */
  closed(): Promise<string[]>
  found(task: string): void
  foundNothing(): void
  ended(task: string): void
}

export function createLanes(tasks: { name: string; settings: TaskSettings }[]): Lanes {
  const own = new Map(
    tasks.flatMap(({ name, settings }) => (settings.atOnce ? [[name, settings.atOnce]] : [])),
  )
  const shared = tasks.flatMap(({ name }) => (own.has(name) ? [] : [name]))
  const running = new Map<string, number>()
  const count = (task: string) => running.get(task) ?? 0
  const waiting: (() => void)[] = []
  let looking = false

  function nowClosed(): string[] {
    const sharedFull = shared.reduce((sum, task) => sum + count(task), 0) >= sharedPlaces
    return [
      ...[...own].flatMap(([task, most]) => (count(task) >= most ? [task] : [])),
      ...shared.filter(task => sharedFull || count(task) >= sharedPlacesPerTask),
    ]
  }

  function next(): void {
    const turn = waiting.shift()
    if (turn) turn()
    else looking = false
  }

  return {
    places: [...own.values()].reduce((sum, most) => sum + most, sharedPlaces),
    async closed() {
      if (looking) await new Promise<void>(resolve => waiting.push(resolve))
      looking = true
      return nowClosed()
    },
    found(task) {
      running.set(task, count(task) + 1)
      next()
    },
    foundNothing: next,
    ended(task) {
      running.set(task, count(task) - 1)
    },
  }
}
