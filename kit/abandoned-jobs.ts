import type { Logger } from './log.ts'
import { jobsSchema } from './migrate.ts'
import type { Notices } from './notices.ts'

/**
 * A killed process leaves its jobs locked; graphile-worker itself would wait four hours. So every worker holds an
 * advisory lock on its id for as long as its process lives and is connected. Whose lock can be had is dead, and its
 * jobs, of whichever service, are free for others at once: when a process starts, and every minute in those that live.
 */

/** Tells these locks apart from other advisory ones. */
const lockClass = 'azora job worker'
const everyMs = 60_000

/**
 * @param options.worker the id under which this process locks jobs.
 * @returns once it may lock any: how to end looking after others.
 */
export async function freeAbandonedJobs(
  notices: Notices,
  options: { worker: string; log: Logger; freed(count: number): void },
): Promise<() => void> {
  const { worker, log } = options
  async function free(): Promise<void> {
    const result = await notices.client()?.query(
      `with dead as materialized (
         select locked_by from (
           select distinct locked_by from ${jobsSchema}._private_jobs where locked_by is not null and locked_by <> $1) w
         where pg_try_advisory_xact_lock(hashtext($2), hashtext(locked_by)))
       update ${jobsSchema}._private_jobs j set locked_at = null, locked_by = null, run_at = now()
       from dead where j.locked_by = dead.locked_by`,
      [worker, lockClass],
    )
    if (result?.rowCount) options.freed(result.rowCount)
  }

  await notices.whenConnected(async client => {
    await client.query('select pg_advisory_lock_shared(hashtext($1), hashtext($2))', [lockClass, worker])
  })
  await free()
  const timer = setInterval(() => {
    free().catch(failure => log.warn('Jobs of ended processes could not be freed', { failure }))
  }, everyMs).unref()
  return () => clearInterval(timer)
}
