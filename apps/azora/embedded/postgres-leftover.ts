import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { StartupFault } from '@azora/kit/config.ts'
import type { Logger } from '@azora/kit/log.ts'
import { ended, identify, type ProcessIdentity, signal } from './process-identity.ts'

function filedPid(cluster: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(join(cluster, 'postmaster.pid'), 'utf8'), 10)
    return pid > 0 ? pid : null
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw failure
  }
}

// Every process of a cluster works in its folder, so the folder tells them from whatever else may have got the
// process id that postmaster.pid names.
function linuxProcesses(cluster: string): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(pid => {
      try {
        const program = readlinkSync(`/proc/${pid}/exe`).replace(' (deleted)', '')
        return program.endsWith('/postgres') && readlinkSync(`/proc/${pid}/cwd`) === cluster
      } catch {
        return false // ended meanwhile, or of another user
      }
    })
    .map(Number)
}

function clusterProcesses(cluster: string): ProcessIdentity[] {
  let pids: number[]
  if (process.platform === 'linux') pids = linuxProcesses(cluster)
  else {
    const pid = filedPid(cluster)
    const command = pid
      ? spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout
      : ''
    pids = pid && command?.includes('postgres') ? [pid] : []
  }
  return pids.map(identify).filter(identity => identity !== null)
}

async function allEnded(processes: ProcessIdentity[], timeoutMs: number): Promise<boolean> {
  return (await Promise.all(processes.map(each => ended(each, timeoutMs)))).every(Boolean)
}

/**
 * Stop what an azora that was killed has left running on this cluster, and remove a lock file that would make
 * PostgreSQL refuse to start because an unrelated process carries the old process id. Call only while holding the
 * lock of the cluster.
 * @param cluster its real path, without links.
 * @throws StartupFault when the leftover cannot be stopped.
 */
export async function stopLeftover(cluster: string, log: Logger): Promise<void> {
  const found = clusterProcesses(cluster)
  if (found.length === 0) {
    const pid = filedPid(cluster)
    // Of a dead process PostgreSQL removes the file itself, after a look at its shared memory.
    if (pid && identify(pid)) rmSync(join(cluster, 'postmaster.pid'))
    return
  }
  const postmaster = found.find(each => each.pid === filedPid(cluster))
  if (postmaster) {
    log.info('The database of a run that was killed is still up; stopping it.', { pid: postmaster.pid })
    signal(postmaster, 'SIGINT')
    if (await allEnded(found, 30_000)) return
  }
  // Immediate shutdown: the next start recovers from the write-ahead log, nothing committed is lost.
  for (const harder of ['SIGQUIT', 'SIGKILL'] as const) {
    for (const each of clusterProcesses(cluster)) signal(each, harder)
    if (await allEnded(clusterProcesses(cluster), 5000)) return
  }
  throw new StartupFault([
    `A former database process still uses ${cluster} and does not stop: ${clusterProcesses(cluster)
      .map(each => each.pid)
      .join(', ')}. End it, or restart the machine.`,
  ])
}
