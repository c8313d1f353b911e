import { parentPort, Worker } from 'node:worker_threads'
import { AppError } from './errors.ts'

/**
 * Work that would hold the event loop, in threads that can be ended. One request that takes a second of processor
 * time here would otherwise be a second in which this process answers nobody.
 *
 * A pool has few threads, because more than there are processors only share them out; who finds them all busy waits,
 * and is refused once too many wait. Callers take turns: anyone who sends a hundred jobs holds up their own, and never
 * more than `perCaller` threads. A job that passes its time or memory ends with its thread, and the next job gets a
 * new one.
 *
 * The module of a pool calls `answerJobs` once, and runs in the thread alone.
 */

export type WorkerSettings = {
  module: URL
  /** Of one job, counted from when a thread that is ready takes it. */
  timeLimitMs: number
  memoryMiB: number
  threads: number
  /** Of these, how many one caller may hold. */
  perCaller?: number
  /** Jobs that may wait: all together, and of one caller. */
  waiting: number
  waitingPerCaller?: number
  /** How long a thread without work is kept; 0 for a new one for each job. */
  idleMs: number
}

/** The job needed more than it may have, and was ended. */
export class JobTooLarge extends Error {
  override name = 'JobTooLarge'
  readonly limit: 'time' | 'memory'

  constructor(limit: 'time' | 'memory') {
    super(`The job was ended, because it took more ${limit} than it may.`)
    this.limit = limit
  }
}

type Told =
  | { kind: 'ready' }
  | { kind: 'news'; news: unknown }
  | { kind: 'done'; output: unknown }
  | { kind: 'failed'; message: string; stack: string | undefined }

type Settle = { resolve(output: unknown): void; reject(failure: unknown): void }
type WaitingJob = Settle & { caller: string; input: unknown; onNews: ((news: never) => void) | undefined }
type Thread = { worker: Worker; ready: boolean; job: WaitingJob | null; timer: NodeJS.Timeout | null }

// Loading its modules on a crowded machine; no job is under way meanwhile.
const startLimitMs = 60_000

export type JobOptions<News> = {
  /** Whose work it is, for taking turns. */
  caller?: string
  /** Ends the job, waiting or running. */
  signal?: AbortSignal
  onNews?(news: News): void
}

/** @typeParam Input, Output, News what the structured clone algorithm can copy. */
export function createWorkers<Input, Output, News = never>(settings: WorkerSettings) {
  const { threads: most, perCaller = most, waitingPerCaller = settings.waiting } = settings
  const threads = new Set<Thread>()
  /** In turns: the caller who has waited longest comes first, and goes to the end once a job of theirs was taken. */
  const queues = new Map<string, WaitingJob[]>()
  let waiting = 0

  function holds(caller: string): number {
    let count = 0
    for (const thread of threads) if (thread.job?.caller === caller) count += 1
    return count
  }

  function takeNext(): WaitingJob | null {
    for (const [caller, queue] of queues) {
      if (holds(caller) >= perCaller) continue
      const job = queue.shift()
      queues.delete(caller)
      if (queue.length > 0) queues.set(caller, queue)
      if (job) {
        waiting -= 1
        return job
      }
    }
    return null
  }

  /** Let the thread go, whatever it is doing, and its job with `failure`. */
  function end(thread: Thread, failure?: unknown): void {
    if (!threads.delete(thread)) return
    if (thread.timer) clearTimeout(thread.timer)
    void thread.worker.terminate()
    thread.job?.reject(failure)
    distribute()
  }

  function open(): Thread {
    const worker = new Worker(settings.module, {
      resourceLimits: { maxOldGenerationSizeMb: settings.memoryMiB },
    })
    const thread: Thread = { worker, ready: false, job: null, timer: null }
    threads.add(thread)
    worker.on('message', (told: Told) => hear(thread, told))
    worker.on('error', (failure: { code?: string }) =>
      end(thread, failure.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new JobTooLarge('memory') : failure),
    )
    worker.on('exit', code => end(thread, new Error(`A thread ended early, with ${code}.`)))
    return thread
  }

  function give(thread: Thread, job: WaitingJob): void {
    thread.job = job
    thread.worker.ref()
    limit(thread)
    try {
      thread.worker.postMessage(job.input)
    } catch (failure) {
      // Not something that can be copied, or nested deeper than the stack.
      thread.job = null
      job.reject(failure)
      rest(thread)
    }
  }

  function limit(thread: Thread): void {
    if (thread.timer) clearTimeout(thread.timer)
    const ms = thread.ready ? settings.timeLimitMs : startLimitMs
    thread.timer = setTimeout(() => end(thread, new JobTooLarge('time')), ms)
  }

  function hear(thread: Thread, told: Told): void {
    const { job } = thread
    if (told.kind === 'ready') {
      thread.ready = true
      if (job) limit(thread)
      return
    }
    if (!job) return
    if (told.kind === 'news') {
      job.onNews?.(told.news as never)
      return
    }
    thread.job = null
    if (told.kind === 'done') job.resolve(told.output)
    else job.reject(Object.assign(new Error(told.message), { stack: told.stack }))
    rest(thread)
    distribute()
  }

  function rest(thread: Thread): void {
    if (thread.timer) clearTimeout(thread.timer)
    if (settings.idleMs === 0) {
      end(thread)
      return
    }
    // An idle thread keeps no process alive.
    thread.worker.unref()
    thread.timer = setTimeout(() => end(thread), settings.idleMs).unref()
  }

  function distribute(): void {
    while (waiting > 0) {
      const idle = [...threads].find(thread => !thread.job)
      if (!idle && threads.size >= most) return
      const job = takeNext()
      if (!job) return
      give(idle ?? open(), job)
    }
  }

  function withdraw(job: WaitingJob): void {
    const running = [...threads].find(thread => thread.job === job)
    const queue = queues.get(job.caller)
    const at = queue?.indexOf(job) ?? -1
    if (queue && at >= 0) {
      queue.splice(at, 1)
      waiting -= 1
      if (queue.length === 0) queues.delete(job.caller)
    }
    if (running) end(running)
  }

  /**
   * Have a thread do the job.
   * @throws AppError `rate_limited` when the caller, `unavailable` when everybody together has too many waiting.
   * @throws JobTooLarge when it took more time or memory than it may.
   */
  async function run(input: Input, { caller = '', signal, onNews }: JobOptions<News> = {}): Promise<Output> {
    signal?.throwIfAborted()
    const free = threads.size < most || [...threads].some(thread => !thread.job)
    const mine = queues.get(caller) ?? []
    if (!free || holds(caller) >= perCaller) {
      if (mine.length >= waitingPerCaller) throw new AppError('rate_limited', { retryAfterSeconds: 5 })
      if (waiting >= settings.waiting) throw new AppError('unavailable', { retryAfterSeconds: 5 })
    }
    let onAbort: (() => void) | null = null
    try {
      return await new Promise<Output>((resolve, reject) => {
        const job: WaitingJob = { caller, input, onNews, resolve: resolve as Settle['resolve'], reject }
        onAbort = () => {
          reject(signal?.reason)
          withdraw(job)
        }
        signal?.addEventListener('abort', onAbort)
        queues.set(caller, [...mine, job])
        waiting += 1
        distribute()
      })
    } finally {
      if (onAbort) signal?.removeEventListener('abort', onAbort)
    }
  }

  return { run }
}

/** What a thread of a pool answers its jobs with. To be called once, by the module of the pool. */
export function answerJobs<Input, Output, News = never>(
  work: (input: Input, tell: (news: News) => void) => Output | Promise<Output>,
): void {
  const port = parentPort
  if (!port) throw new Error('answerJobs runs in a thread of createWorkers.')
  const say = (told: Told) => port.postMessage(told)
  port.on('message', async (input: Input) => {
    try {
      say({ kind: 'done', output: await work(input, news => say({ kind: 'news', news })) })
    } catch (failure) {
      const { message, stack } = failure instanceof Error ? failure : new Error(String(failure))
      say({ kind: 'failed', message, stack })
    }
  })
  say({ kind: 'ready' })
}
