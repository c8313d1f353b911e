import { readdirSync, readFileSync } from 'node:fs'

/** What processes cost, read from Linux's /proc. */

const ticksPerSecond = 100

type Process = { pid: number; parent: number; cpuSeconds: number }

function readProcess(pid: number): Process | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name stands in parentheses and may hold spaces; what follows is fixed.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return {
      pid,
      parent: Number(fields[1]),
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    }
  } catch {
    return null // it ended between listing and reading
  }
}

function allProcesses(): Process[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => readProcess(Number(name)) ?? [])
}

/** The process and all below it. */
function familyOf(root: number): number[] {
  const processes = allProcesses()
  const family = new Set([root])
  for (let grown = true; grown; ) {
    grown = false
    for (const { pid, parent } of processes) {
      if (family.has(parent) && !family.has(pid)) {
        family.add(pid)
        grown = true
      }
    }
  }
  return [...family]
}

/** How many processes the family has. */
export const processesOf = (root: number): number => familyOf(root).length

/** Processor seconds that the family has used so far, by process. */
export function cpuOf(root: number): Map<number, number> {
  return new Map(
    familyOf(root).flatMap(pid => {
      const found = readProcess(pid)
      return found ? [[pid, found.cpuSeconds] as const] : []
    }),
  )
}

/** Processor seconds used between two readings. */
export function cpuBetween(before: Map<number, number>, after: Map<number, number>): number {
  let sum = 0
  for (const [pid, seconds] of after) sum += seconds - (before.get(pid) ?? 0)
  return sum
}

/** Memory of the family in MiB: resident (shared pages counted in each process) and proportional (counted once). */
export function memoryOf(root: number): { residentMiB: number; proportionalMiB: number } {
  let resident = 0
  let proportional = 0
  for (const pid of familyOf(root)) {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
      resident += Number(/^Rss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0)
      proportional += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0)
    } catch {
      // it ended meanwhile
    }
  }
  return { residentMiB: resident / 1024, proportionalMiB: proportional / 1024 }
}
