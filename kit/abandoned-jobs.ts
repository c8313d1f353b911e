import type { Logger } from './log.ts'
import { jobsSchema } from './migrate.ts'
import type { Notices } from './notices.ts'

/**
 * A killed process leaves its jobs locked; graphile-worker itself would wait four hours. So every worker holds an
 * advisory lock on its id, on its process's connection for notices. A process that lives may lose that too, and has it
 * again some five seconds later. So dead is whose lock could be had twice, with ten seconds between, and its jobs, of
 * whichever service, are free for others then. A process looks when it starts and every minute.
 */

/** Tells these locks apart from other advisory ones. */
const lockClass = 'azora job worker'
const everyMs = 60_000
// Twice the longest pause between two attempts at a connection for notices.
const sureAfterMs = 10_000

/**
 * @param options.worker the id under which this process locks jobs.
 * @returns `ready` once it may lock any; and how to end, when none of its own runs any more.
 */
export function freeAbandonedJobs(
  notices: Notices,
  options: {
    worker: string
    log: Logger
    freed(count: number): void
    /** For tests: how long after the first look the second one is. */
    sureAfterMs?: number
  },
): { ready: Promise<void>; end(): void } {
  const { worker, log } = options
  let ended = false
  let timer: NodeJS.Timeout | null = null
  let suspects: string[] = []
  let lookedOn: ReturnType<Notices['client']> = null

  /** Free the jobs of those who were missing before and still are. @returns who is missing now. */
  async function free(): Promise<string[]> {
    const client = notices.client()
    // What ended this connection may have ended that of others again.
    if (client !== lookedOn) suspects = []
    lookedOn = client
    if (!client) return []
    const { rows } = await client.query(
      `with missing as materialized (
         select locked_by from (
           select distinct locked_by from ${jobsSchema}._private_jobs where locked_by is not null and locked_by <> $1) w
         where pg_try_advisory_xact_lock(hashtext($2), hashtext(locked_by))),
       freed as (
         update ${jobsSchema}._private_jobs j set locked_at = null, locked_by = null, run_at = now()
         from missing where j.locked_by = missing.locked_by and j.locked_by = any($3) returning 1)
       select (select count(*) from freed)::int as count,
         array(select locked_by from missing where locked_by <> all($3)) as missing`,
      [worker, lockClass, suspects],
    )
    const [{ count, missing }] = rows as [{ count: number; missing: string[] }]
    if (count > 0) options.freed(count)
    return missing
  }

  async function look(): Promise<void> {
    suspects = await free().catch(failure => {
      log.warn('Jobs of ended processes could not be freed', { failure })
      return []
    })
    if (ended) return
    timer = setTimeout(look, suspects.length > 0 ? (options.sureAfterMs ?? sureAfterMs) : everyMs).unref()
  }

  const release = 'select pg_advisory_unlock_shared(hashtext($1), hashtext($2))'
  const held = notices.whenConnected(async client => {
    await client.query('select pg_advisory_lock_shared(hashtext($1), hashtext($2))', [lockClass, worker])
    if (ended) await client.query(release, [lockClass, worker])
  })
  return {
    ready: held.done.then(() => {
      if (!ended) void look()
    }),
    end() {
      ended = true
      if (timer) clearTimeout(timer)
      held.end()
      // A runner that starts again in this process has another id; with this lock its former one would seem alive.
      notices
        .client()
        ?.query(release, [lockClass, worker])
        .catch(failure => log.debug('The lock of an ended job worker goes with its connection', { failure }))
    },
  }
}
