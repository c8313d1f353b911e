import { dirname } from 'node:path'

/** Which test files share a process (decision 0063). */

/** What a process has once, or a file that needs it for itself: its environment, clock, memory, signals and children. */
const ofTheProcess =
  /\bmock\b|\bprocess\.(?!cwd|pid|platform|version|arch|env\.AZORA_TEST)|\bglobalThis\b|child_process|worker_threads|\bspawn|\bWorker\b|\bkill\(|\bsetInterval\b|node:(v8|vm|module|perf_hooks|async_hooks|diagnostics_channel)|\bperformance\./

/**
 * Files that lie near each other load the same, and share a process; those that use what a process has once are alone.
 *
 * @param files in the order of their paths.
 * @param textOf the text of a file.
 * @param most so many at most: what one leaves behind is to reach few, and no lane waits long for the last.
 * @returns each file once, in companies of one or more.
 */
export function companies(files: readonly string[], textOf: (file: string) => string, most = 12): string[][] {
  const alone: string[][] = []
  const near = new Map<string, string[]>()
  for (const file of files) {
    if (ofTheProcess.test(textOf(file))) alone.push([file])
    else {
      // A service or an application: `services/education`, `kit`.
      const place = dirname(file).split('/').slice(0, 2).join('/')
      near.set(place, [...(near.get(place) ?? []), file])
    }
  }
  const together = [...near.values()].flatMap(files => {
    const count = Math.ceil(files.length / most)
    return Array.from({ length: count }, (_, at) => files.filter((_, index) => index % count === at))
  })
  return [...alone, ...together]
}
