import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { type Database, openDatabase } from './db.ts'
import { defineTask, enqueue, type JobRun, runs as runsTask } from './jobs.ts'
import type { Logger } from './log.ts'
import { serviceDatabaseUrl } from './migrate.ts'
import { sql } from './sql.ts'
import { createTestDatabase, startTestJobs } from './testing.ts'

/** How work ends with its process, and how it goes on with the next one. */

const school = randomUUID()
let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: Database

before(async () => {
  database = await createTestDatabase([
    { name: 'education', migrations: new URL('./migrations/', import.meta.url) },
  ])
  const url = serviceDatabaseUrl(database.adminUrl, database.secret, 'education')
  db = openDatabase({ service: 'education', url, maxConnections: 2, onError: () => {} })
})
after(async () => {
  await db.close()
  await database.drop()
})

type Job = (payload: object, run: JobRun) => Promise<void>

const errors = new EventEmitter()
const log: Logger = { debug() {}, info() {}, warn() {}, error: message => void errors.emit(message) }

const work = (name: string, job: Job) =>
  startTestJobs({
    adminUrl: database.adminUrl,
    service: 'test',
    tasks: [runsTask(defineTask(name), job)],
    sureAfterMs: 50,
    log,
  })

const enqueued = (name: string) => db.in(school).transaction(tx => enqueue(tx, defineTask(name), {}))

function gate() {
  let open = () => {}
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { open, opened }
}

test('Stopping waits for the job that runs, which then counts as done.', async () => {
  const [begun, mayEnd] = [gate(), gate()]
  let runs = 0
  let ended = false
  const job: Job = async () => {
    runs += 1
    begun.open()
    await mayEnd.opened
    ended = true
  }
  const first = await work('test.slow', job)
  await enqueued('test.slow')
  await begun.opened
  const stopped = first.stop().then(() => assert.equal(ended, true, 'it was stopped in the middle'))
  // Long enough for a stop that does not wait to come through, which then finds the job in the middle.
  const meanwhile = Array.from({ length: 200 }).reduce<Promise<unknown>>(
    trips => trips.then(() => db.across.rows(sql`select 1`)),
    Promise.resolve(),
  )
  await Promise.race([meanwhile, stopped])
  mayEnd.open()
  await stopped
  const next = gate()
  const second = await work('test.slow', async () => {
    runs += 1
    next.open()
  })
  await enqueued('test.slow')
  await next.opened
  await second.stop()
  assert.equal(runs, 2)
})

test('A job that a killed process had begun is run by the next process, soon.', async () => {
  await enqueued('test.abandoned')
  const { rowCount } = await asAdmin(admin =>
    admin.query(
      `update azora_jobs._private_jobs j set locked_at = now(), locked_by = 'dead', attempts = 1
       from azora_jobs._private_tasks t where t.id = j.task_id and t.identifier = 'test.abandoned'`,
    ),
  )
  assert.equal(rowCount, 1)
  const ran = gate()
  const jobs = await work('test.abandoned', async () => ran.open())
  await ran.opened
  await jobs.stop()
})

test('A job that another living process has begun is left to it.', async () => {
  const [begun, mayEnd] = [gate(), gate()]
  let runs = 0
  const job: Job = async () => {
    runs += 1
    begun.open()
    await mayEnd.opened
  }
  const first = await work('test.shared', job)
  await enqueued('test.shared')
  await begun.opened
  const second = await work('test.shared', job)
  // The second one has looked for work at least once when it has done this.
  const other = gate()
  const third = await work('test.other', async () => other.open())
  await enqueued('test.other')
  await other.opened
  mayEnd.open()
  await Promise.all([first.stop(), second.stop(), third.stop()])
  assert.equal(runs, 1)
})

/** Wait until the runner hears what it can be told to give up. */
async function listening(admin: pg.Client): Promise<void> {
  const heard = () =>
    admin.query(
      `select from pg_stat_activity where datname = current_database() and application_name = 'azora-jobs'
         and state = 'idle' and query like 'LISTEN%worker:migrate%'`,
    )
  while ((await heard()).rowCount === 0) await setTimeout(5)
}

/** Make a runner give up: a change of graphile-worker's own tables is what it ends for at once, setting the exit code. */
async function giveUp(admin: pg.Client): Promise<void> {
  const noted = once(errors, 'The job runner ended; it starts again')
  await admin.query(`select pg_notify('worker:migrate', '{"breaking": true}')`)
  await noted
  process.exitCode = undefined
}

async function asAdmin<T>(use: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  try {
    return await use(admin)
  } finally {
    await admin.end()
  }
}

test('A runner that gives up starts again, and what it held is not held any more.', async () => {
  let ran = gate()
  const jobs = await work('test.again', async () => ran.open())
  await enqueued('test.again')
  await ran.opened
  ran = gate()
  await asAdmin(async admin => {
    await listening(admin)
    await giveUp(admin)
    await enqueued('test.again')
    await ran.opened
    const held = await admin.query(
      `select from pg_locks where locktype = 'advisory' and mode = 'ShareLock'
         and database = (select oid from pg_database where datname = current_database())`,
    )
    assert.equal(held.rowCount, 1)
  })
  await jobs.stop()
})

test('A runner that cannot start again at first tries until it can.', async () => {
  const ran = gate()
  const jobs = await work('test.refused', async () => ran.open())
  const name = new URL(database.adminUrl).pathname.slice(1)
  await asAdmin(async admin => {
    await listening(admin)
    await admin.query(`revoke connect on database ${name} from public, azora_jobs`)
    const refused = once(errors, 'The job runner could not start; it tries again')
    await giveUp(admin)
    await refused
    await admin.query(`grant connect on database ${name} to azora_jobs`)
  })
  await enqueued('test.refused')
  await ran.opened
  await jobs.stop()
})

test('A runner that is stopped while it starts again does not go on.', async () => {
  const jobs = await work('test.stopped', async () => {})
  const connections = async (admin: pg.Client, which = '') => {
    const { rowCount } = await admin.query(
      `select from pg_stat_activity where datname = current_database() and application_name = 'azora-jobs' ${which}`,
    )
    return rowCount
  }
  await asAdmin(async admin => {
    await asAdmin(async blocking => {
      await listening(admin)
      // What a runner reads first, before it has workers.
      await blocking.query('begin; lock table azora_jobs.migrations in access exclusive mode')
      await giveUp(admin)
      while ((await connections(admin, `and wait_event_type = 'Lock'`)) === 0) await setTimeout(5)
      await jobs.stop()
    })
    const deadline = Date.now() + 10_000
    while ((await connections(admin)) !== 0) {
      assert.ok(Date.now() < deadline, 'it goes on')
      await setTimeout(5)
    }
  })
})
