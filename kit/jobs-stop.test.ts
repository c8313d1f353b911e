import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type Database, openDatabase } from './db.ts'
import { defineTask, enqueue, type JobRun, runs as runsTask } from './jobs.ts'
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

const work = (name: string, job: Job) =>
  startTestJobs({
    adminUrl: database.adminUrl,
    service: 'test',
    tasks: [runsTask(defineTask(name), job)],
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

test('A job that a killed process had begun is run by the next process at once.', async () => {
  await enqueued('test.abandoned')
  const admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  const { rowCount } = await admin.query(
    `update azora_jobs._private_jobs j set locked_at = now(), locked_by = 'dead', attempts = 1
     from azora_jobs._private_tasks t where t.id = j.task_id and t.identifier = 'test.abandoned'`,
  )
  await admin.end()
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

test('A runner that gives up starts again.', async () => {
  let ran = gate()
  const jobs = await work('test.again', async () => ran.open())
  await enqueued('test.again')
  await ran.opened
  ran = gate()
  const admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  // A change of its own tables is what it ends for at once, setting the exit code.
  await admin.query(`select pg_notify('worker:migrate', '{"breaking": true}')`)
  while (process.exitCode === undefined) await admin.query('select 1')
  process.exitCode = undefined
  await enqueued('test.again')
  await ran.opened
  await jobs.stop()
  await admin.end()
})
