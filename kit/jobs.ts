import { parseCronItems, type Runner, run, Logger as WorkerLogger } from 'graphile-worker'
import pg from 'pg'
import { withCorrelation } from './context.ts'
import type { Transaction } from './db.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'
import { jobsSchema } from './migrate.ts'
import { sql } from './sql.ts'

/** A background job's work. It may be run again after a crash, so it must be safe to repeat. */
export type Job = (payload: never, progress: { attempt: number; lastAttempt: boolean }) => Promise<void>

export type Schedule = {
  task: string
  /** Five-field cron, UTC. */
  cron: string
}

/** Enqueue a job with the transaction that makes it necessary. `key` replaces a waiting job of the same key. */
export async function enqueue(
  tx: Transaction,
  task: string,
  payload: object,
  options: { key?: string; maxAttempts?: number; runAt?: string } = {},
): Promise<void> {
  await tx.run(sql`select azora_jobs.enqueue(${task}, ${JSON.stringify(payload)}::json, ${options.key ?? null},
    ${options.maxAttempts ?? 8}::int, ${options.runAt ?? null}::timestamptz)`)
}

/**
 * Free the jobs that a killed process left locked; graphile-worker itself would wait four hours. Every process
 * that works on a service's tasks holds a shared advisory lock. Who can have it exclusively is alone, so whatever
 * is locked was left by the dead.
 *
 * @returns a function that gives the shared lock back.
 */
async function freeAbandonedJobs(
  { url, service, log }: { url: string; service: string; log: Logger },
  tasks: string[],
): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url, application_name: 'azora-jobs-presence' })
  client.on('error', failure => log.warn('The presence of the job worker was lost', { failure }))
  await client.connect()
  const key = `azora jobs ${service}`
  const { rows } = await client.query('select pg_try_advisory_lock(hashtext($1)) as alone', [key])
  if (rows[0].alone) {
    const { rowCount } = await client.query(
      `update ${jobsSchema}._private_jobs j set locked_at = null, locked_by = null, run_at = now()
       from ${jobsSchema}._private_tasks t
       where t.id = j.task_id and t.identifier = any($1) and j.locked_by is not null`,
      [tasks],
    )
    if (rowCount) log.warn('Jobs left by a killed process are resumed', { count: rowCount })
    await client.query('select pg_advisory_unlock(hashtext($1))', [key])
  }
  await client.query('select pg_advisory_lock_shared(hashtext($1))', [key])
  return () => client.end()
}

/** Work off the jobs of the given tasks; other tasks are left to the processes that know them. */
export async function startJobs(options: {
  url: string
  /** Whose jobs these are. */
  service: string
  tasks: Record<string, Job>
  schedules: Schedule[]
  log: Logger
  metrics: Metrics
}): Promise<{ stop(): Promise<void> }> {
  const { log, metrics } = options
  if (Object.keys(options.tasks).length === 0) return { stop: async () => {} }
  const pool = new pg.Pool({ connectionString: options.url, max: 5, application_name: 'azora-jobs' })
  // graphile-worker asks that clients in use have a listener as well, or a lost one would end the process.
  const lost = (failure: Error) => log.warn('A job connection was lost', { failure })
  pool.on('error', lost)
  pool.on('connect', client => client.on('error', lost))
  const leave = await freeAbandonedJobs(options, Object.keys(options.tasks))
  const runner: Runner = await run({
    pgPool: pool,
    schema: jobsSchema,
    concurrency: 2,
    pollInterval: 2000,
    noHandleSignals: true,
    logger: new WorkerLogger(() => (level, message, meta) => {
      if (level === 'error') log.error(message, meta as Record<string, unknown>)
      else if (level === 'warning') log.warn(message, meta as Record<string, unknown>)
      else log.debug(message)
    }),
    parsedCronItems: parseCronItems(
      options.schedules.map(schedule => ({ task: schedule.task, match: schedule.cron })),
    ),
    taskList: Object.fromEntries(
      Object.entries(options.tasks).map(([name, work]) => [
        name,
        async (payload, helpers) => {
          try {
            await withCorrelation(undefined, () =>
              work(payload as never, {
                attempt: helpers.job.attempts,
                lastAttempt: helpers.job.attempts >= helpers.job.max_attempts,
              }),
            )
            metrics.jobsFinished.inc({ task: name, outcome: 'done' })
          } catch (failure) {
            metrics.jobsFinished.inc({ task: name, outcome: 'failed' })
            throw failure
          }
        },
      ]),
    ),
  })
  return {
    async stop() {
      await runner.stop()
      await leave()
      await pool.end()
    },
  }
}
