import { EventEmitter } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import {
  type Job as GraphileJob,
  type JobHelpers,
  parseCronItems,
  run,
  type WorkerEvents,
  Logger as WorkerLogger,
  type WorkerPool,
} from 'graphile-worker'
import pg from 'pg'
import { freeAbandonedJobs } from './abandoned-jobs.ts'
import { withCorrelation } from './context.ts'
import { attemptsOf, JobCancelled, priorityOf, type TaskWork } from './jobs.ts'
import { createLanes, type Lanes } from './lanes.ts'
import type { Logger } from './log.ts'
import { fallbackMs } from './loop.ts'
import type { Metrics } from './metrics.ts'
import { jobsSchema } from './migrate.ts'
import type { Notices } from './notices.ts'
import { noteOperations } from './operations-news.ts'
import { createReporter } from './progress.ts'

/**
 * Works off the jobs of all services of a process with one graphile-worker. Its workers do not poll: PostgreSQL's
 * notice of a new job wakes one, each that finds a job wakes the next, and every ten seconds one looks by itself.
 */
export type JobRunner = {
  /** Take over the tasks of a service, before `begin`. */
  add(service: string, tasks: TaskWork[], log: Logger): void
  begin(): Promise<void>
  /** Take up nothing more and wait for what runs. */
  stop(): Promise<void>
}

// graphile-worker's own look, which the one every ten seconds stands in for.
const neverMs = 24 * 60 * 60_000
const revivePauseMs = 5000
// Beyond this a retry waits for the next look.
const exactRetryMs = 60_000

type Entry = TaskWork & { log: Logger }

export function createJobRunner(options: {
  url: string
  notices: Notices
  log: Logger
  metrics: Metrics
  /** For tests: how often it looks by itself. */
  lookEveryMs?: number
  /** For tests: how long another process has to be missing before its jobs are resumed. */
  sureAfterMs?: number
}): JobRunner {
  const { notices, log, metrics } = options
  const entries = new Map<string, Entry>()
  const running = new Map<string, AbortController>()
  let ending: (() => Promise<void>) | null = null
  let stopped = false

  function add(service: string, tasks: TaskWork[], serviceLog: Logger): void {
    for (const each of tasks) {
      const { name, settings } = each.task
      if (!name.startsWith(`${service}.`) || entries.has(name))
        throw new Error(`${name} is no name for a task of ${service}, or it is one already.`)
      // What comes due by itself carries no flag, so its lane could not hold it.
      if (settings.cron && settings.atOnce)
        throw new Error(`${name} has a schedule, so it cannot have a lane.`)
      entries.set(name, { ...each, log: serviceLog })
    }
  }

  async function work(entry: Entry, payload: unknown, job: GraphileJob): Promise<void> {
    const cancelling = new AbortController()
    const { signal } = cancelling
    const cancelJob = () => cancelling.abort(new JobCancelled(`${entry.task.name} was cancelled.`))
    if (job.flags && 'cancelled' in job.flags) cancelJob()
    // Our parser makes a number of what graphile-worker's types call a text.
    const id = String(job.id)
    running.set(id, cancelling)
    const finished = (outcome: string) => metrics.jobsFinished.inc({ task: entry.task.name, outcome })
    try {
      await withCorrelation(undefined, () =>
        entry.work(payload as never, {
          attempt: job.attempts,
          lastAttempt: job.attempts >= job.max_attempts,
          signal,
          reporter: write => createReporter({ write, unwanted: cancelJob, log: entry.log }),
        }),
      )
      finished('done')
    } catch (failure) {
      // What an abort makes a stream or a thread fail with holds the reason, or is it.
      const { cause, name } = failure as Error
      if (signal.aborted && (failure === signal.reason || cause === signal.reason || name === 'AbortError')) {
        finished('cancelled')
        return
      }
      finished('failed')
      entry.log.warn('A job failed', { task: entry.task.name, job: id, attempt: job.attempts, failure })
      throw failure
    } finally {
      running.delete(id)
    }
  }

  /** What the notice would have told of a cancelled job, for the case that it was lost. */
  async function lookForCancelled(pool: pg.Pool): Promise<void> {
    if (running.size === 0) return
    const { rows } = await pool.query(
      `select id::text from ${jobsSchema}._private_jobs where id = any($1::bigint[]) and flags ? 'cancelled'`,
      [[...running.keys()]],
    )
    for (const { id } of rows) running.get(id)?.abort(new JobCancelled('The job was cancelled.'))
  }

  async function begin(): Promise<void> {
    const tasks = [...entries.values()].map(entry => entry.task)
    if (tasks.length === 0) return
    const pool = openPool(options.url, log)
    const lanes = createLanes(tasks)
    const waker = createWaker(lanes)
    const lookByItself = () => {
      waker.wakeOne()
      lookForCancelled(pool).catch(failure => log.warn('Cancelled jobs could not be looked for', { failure }))
    }
    const present = Promise.withResolvers<void>()
    const starting = run({
      pgPool: pool,
      schema: jobsSchema,
      events: waker.events,
      concurrency: lanes.places,
      pollInterval: neverMs,
      noHandleSignals: true,
      // In batches, if only of one: stopping waits for those, and not for what is written job by job.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      forbiddenFlags: async () => {
        await present.promise
        return lanes.closed()
      },
      logger: new WorkerLogger(() => (level, message, meta) => {
        // A job's own failure was told already, with its service's name.
        if (level === 'error' && !meta?.failure) log.error(message, meta as Record<string, unknown>)
        else if (level === 'warning') log.warn(message, meta as Record<string, unknown>)
        else log.debug(message)
      }),
      parsedCronItems: parseCronItems(
        tasks.flatMap(({ name, settings }) =>
          settings.cron
            ? [
                {
                  task: name,
                  match: settings.cron,
                  options: { priority: priorityOf(settings), maxAttempts: attemptsOf(settings) },
                },
              ]
            : [],
        ),
      ),
      taskList: Object.fromEntries(
        [...entries].map(([name, entry]) => [
          name,
          (payload: unknown, { job }: JobHelpers) => work(entry, payload, job),
        ]),
      ),
    })
    const runner = await starting.catch(async failure => {
      await pool.end()
      throw failure
    })
    const undo: (() => void)[] = [waker.end]
    const worker = await waker.worker
    let freeing: ReturnType<typeof freeAbandonedJobs> | null = null
    let begun = false
    let ended = false
    let end: Promise<void> | null = null
    ending = () => {
      end ??= (async () => {
        for (const step of undo.splice(0)) step()
        present.resolve()
        // It refuses while it is ending by itself.
        if (!ended) await runner.stop().catch(() => runner.promise)
        // After what still runs, or others would take that for abandoned.
        freeing?.end()
        await pool.end()
      })()
      return end
    }
    // It ends by itself at the first failure to note that a job is done or failed: a connection lost at that moment is enough.
    void runner.promise.finally(() => {
      ended = true
      if (begun && !end) void revive()
    })
    if (stopped) return ending()
    const { sureAfterMs } = options
    freeing = freeAbandonedJobs(notices, {
      worker,
      log,
      freed(count) {
        log.warn('Jobs left by a killed process are resumed', { count })
        waker.wakeOne()
      },
      ...(sureAfterMs ? { sureAfterMs } : {}),
    })
    await freeing.ready
    if (end) return
    if (ended) throw new Error('The job runner ended while it was starting.')
    begun = true
    present.resolve()
    undo.push(
      notices.on('cancelled', id => {
        if (id) running.get(id)?.abort(new JobCancelled('The job was cancelled.'))
        else lookByItself()
      }),
    )
    const look = setInterval(lookByItself, options.lookEveryMs ?? fallbackMs).unref()
    undo.push(() => clearInterval(look))
  }

  async function revive(): Promise<void> {
    log.error('The job runner ended; it starts again')
    for (let pauseMs = 0; ; pauseMs = revivePauseMs) {
      // The one before, or one that began only half. Where that was ended already, nothing happens.
      await ending?.().catch(failure => log.warn('A job runner could not be ended in order', { failure }))
      await setTimeout(pauseMs, undefined, { ref: false })
      if (stopped) return
      try {
        return await begin()
      } catch (failure) {
        log.error('The job runner could not start; it tries again', { failure })
      }
    }
  }

  return {
    add,
    begin,
    async stop() {
      stopped = true
      await ending?.()
    },
  }
}

function openPool(url: string, log: Logger): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 3, // one listens; jobs themselves use their service's connections
    idleTimeoutMillis: 60_000,
    application_name: 'azora-jobs',
  })
  // graphile-worker asks that clients in use have a listener as well, or a lost one would end the process.
  const lost = (failure: Error) => log.warn('A job connection was lost', { failure })
  pool.on('error', lost)
  pool.on('connect', client => client.on('error', lost))
  return pool
}

/** Keeps the lanes' books by what graphile-worker tells, and wakes its workers. */
function createWaker(lanes: Lanes) {
  const events: WorkerEvents = new EventEmitter()
  const worker = Promise.withResolvers<string>()
  const timers = new Set<NodeJS.Timeout>()
  let workers: WorkerPool | null = null
  const wakeOne = () => workers?.nudge(1)

  events.on('pool:create', ({ workerPool }) => {
    workers = workerPool
    worker.resolve(workerPool.id)
  })
  // Its workers must not be woken any more then.
  events.on('pool:gracefulShutdown', () => {
    workers = null
  })
  events.on('job:start', ({ job }) => {
    lanes.found(job.task_identifier)
    // There may be more than one notice told of, and a worker that was busy may have passed over another's.
    wakeOne()
  })
  events.on('worker:getJob:empty', lanes.foundNothing)
  events.on('worker:getJob:error', lanes.foundNothing)
  events.on('job:complete', ({ job }) => lanes.ended(job.task_identifier))
  // It is noted in the database at this moment, and told half a second later.
  events.on('job:failed', ({ job }) => {
    const { organizationId } = job.payload as { organizationId?: unknown }
    if (typeof organizationId === 'string')
      noteOperations(job.task_identifier.split('.')[0] as string, [{ organizationId }])
  })
  events.on('job:error', ({ job }) => {
    // As graphile-worker itself computes it: e to the power of the attempts, in seconds.
    const dueMs = Math.exp(Math.min(job.attempts, 10)) * 1000 + 50
    if (job.attempts >= job.max_attempts || dueMs > exactRetryMs) return
    const timer = globalThis.setTimeout(() => {
      timers.delete(timer)
      wakeOne()
    }, dueMs)
    timers.add(timer.unref())
  })

  return {
    events,
    /** The id under which jobs are locked. */
    worker: worker.promise,
    wakeOne,
    end() {
      workers = null
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
