import { readdir, readFile, statfs } from 'node:fs/promises'

/**
 * What the processes of one run take together, from the outside: the limits of prlimit are for each process alone, and
 * none of them counts how many files there are. Looked at from /proc, so that it holds where control groups are not ours.
 */

export type Taken = { memoryBytes: number; processorMs: number; processes: number; files: number }

const pageBytes = 4096
// Of Linux on every machine that Node runs on: sysconf(_SC_CLK_TCK).
const ticksPerSecond = 100
// A process that ended between two looks is not an error.
const optional = (path: string) => readFile(path, 'utf8').catch(() => null)

/** Each thread has children of its own. */
async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => [])
  const lists = await Promise.all(threads.map(thread => optional(`/proc/${pid}/task/${thread}/children`)))
  return lists.flatMap(list => (list ?? '').split(' ').filter(Boolean).map(Number))
}

async function family(pid: number): Promise<number[]> {
  const found = [pid]
  // Grows while it is walked. The bound is for a fork bomb that outruns us.
  for (let at = 0; at < found.length && found.length < 200; at++)
    found.push(...(await childrenOf(found[at] as number)))
  return found
}

/** As one of the processes sees the folder: those of the wall do not have it, and those that have ended have no root. */
async function filesIn(folder: string, pids: number[]): Promise<number> {
  for (const pid of pids.toReversed()) {
    const filesystem = await statfs(`/proc/${pid}/root${folder}`).catch(() => null)
    // Counted only where it is the program's own folder, which begins with few.
    if (filesystem?.type === tmpfs) return filesystem.files - filesystem.ffree
  }
  return 0
}

/** Of the process and all that it has started. `folder` is that of the program, as the program names it. */
export async function lookAt(pid: number, folder: string): Promise<Taken> {
  const taken = { memoryBytes: 0, processorMs: 0, processes: 0, files: 0 }
  const pids = await family(pid)
  await Promise.all(
    pids.map(async one => {
      const stat = await optional(`/proc/${one}/stat`)
      if (stat === null) return
      // The name of the program, in brackets, may hold anything. After it: state, …, utime (12th), stime, cutime, cstime, …
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at] ?? 0), 0)
      taken.processorMs += (ticks * 1000) / ticksPerSecond
      taken.memoryBytes += Number(fields[21] ?? 0) * pageBytes
      taken.processes += Number(fields[17] ?? 1)
    }),
  )
  taken.files = await filesIn(folder, pids)
  return taken
}

// linux/magic.h
const tmpfs = 0x01021994
