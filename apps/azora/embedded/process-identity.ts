import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * A process id alone does not name a process: after a reboot or a long while another one carries it. With the
 * moment at which it started it does.
 */
export type ProcessIdentity = { pid: number; startedAt: string }

function linuxStart(pid: number): string | null {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return null // no such process
  }
  // proc(5): the second field is the command in parentheses and may hold spaces; counting starts behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z' || fields[0] === 'X') return null // dead, its parent has not noticed yet
  // The start time counts clock ticks since boot, so it says little without naming the boot.
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`
}

/** When the process started, as an opaque text that is the same as long as it lives; null when there is none. */
function processStart(pid: number): string | null {
  if (process.platform === 'linux') return linuxStart(pid)
  if (process.platform === 'win32') return isRunning(pid) ? 'running' : null
  const listed = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
  return listed.stdout?.trim() || null
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (failure) {
    return (failure as NodeJS.ErrnoException).code === 'EPERM'
  }
}

export function identify(pid: number): ProcessIdentity | null {
  const startedAt = processStart(pid)
  return startedAt === null ? null : { pid, startedAt }
}

/** Whether exactly this process still runs. */
export function lives(identity: ProcessIdentity): boolean {
  return processStart(identity.pid) === identity.startedAt
}

/** Send a signal to exactly this process; nothing happens when it is gone. */
export function signal(identity: ProcessIdentity, name: NodeJS.Signals): void {
  if (!lives(identity)) return
  try {
    process.kill(identity.pid, name)
  } catch (failure) {
    // It may have ended between the two lines above.
    if ((failure as NodeJS.ErrnoException).code !== 'ESRCH') throw failure
  }
}

/**
 * Wait until a process that is not our child has ended.
 * @returns false when it still runs after timeoutMs.
 */
export async function ended(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  while (lives(identity)) {
    if (Date.now() > deadline) return false
    // Nothing announces the end of a process of which one is not the parent.
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  return true
}
