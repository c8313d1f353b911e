import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type Database, openDatabase } from './db.ts'
import { defineTask, enqueue, runs } from './jobs.ts'
import { serviceDatabaseUrl } from './migrate.ts'
import { onTold } from './tell.ts'
import { createTestDatabase, startTestJobs, untilBlocked } from './testing.ts'

const migrations = new URL('./migrations/', import.meta.url)
const school = randomUUID()
let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: Database
let jobs: { stop(): Promise<void> }

type Run = { name: string; attempt: number; lastAttempt: boolean }
const done: Run[] = []
let failures = 0

const onceTask = defineTask<{ organizationId: string }>('test.once', { maxAttempts: 1 })
const otherTask = defineTask<{ name: string }>('other.work')
const task = defineTask<{ name: string; organizationId?: string }>('test.work', { maxAttempts: 2 })
const work = runs(task, async ({ name }, { attempt, lastAttempt }) => {
  done.push({ name, attempt, lastAttempt })
  if (failures-- > 0) throw new Error('not yet')
})
const failsOnce = runs(onceTask, async () => {
  throw new Error('never')
})

before(async () => {
  database = await createTestDatabase([{ name: 'education', migrations }])
  const url = serviceDatabaseUrl(database.adminUrl, database.secret, 'education')
  db = openDatabase({ service: 'education', url, maxConnections: 2, onError: () => {} })
  jobs = await startTestJobs({ adminUrl: database.adminUrl, service: 'test', tasks: [work, failsOnce] })
})
after(async () => {
  await jobs.stop()
  await db.close()
  await database.drop()
})

async function until(what: string, look: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!look()) {
    if (Date.now() > deadline) throw new Error(`${what}: not in time.`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

const named = (name: string) => done.filter(run => run.name === name)

test('A job runs once its transaction has committed, and never when it did not.', async () => {
  const gone = db.in(school).transaction(async tx => {
    await enqueue(tx, task, { name: 'gone' })
    throw new Error('stop')
  })
  await assert.rejects(gone, /stop/)
  await db.in(school).transaction(tx => enqueue(tx, task, { name: 'kept' }))
  await until('The job', () => named('kept').length > 0)
  assert.deepEqual([named('kept').length, named('gone').length], [1, 0])
})

test('A job that fails is run again, and told which attempt is its last.', async () => {
  failures = 1
  await db.in(school).transaction(tx => enqueue(tx, task, { name: 'twice' }))
  await until('The second attempt', () => named('twice').length === 2)
  assert.deepEqual(
    named('twice').map(run => [run.attempt, run.lastAttempt]),
    [
      [1, false],
      [2, true],
    ],
  )
})

test('Who watches a school is told of its job that is given up, and of none that will be tried again.', async () => {
  const told: string[] = []
  const stopHearing = onTold('test', key => told.push(key))
  const other = randomUUID()
  failures = 1
  await db.in(school).transaction(async tx => {
    await enqueue(tx, task, { name: 'second', organizationId: other })
    await enqueue(tx, onceTask, { organizationId: school })
  })
  await until('The other job', () => named('second').length === 2)
  await until('The news', () => told.length > 0)
  stopHearing()
  assert.deepEqual(told, [`${school}/operations`])
})

test('Of jobs with one key that wait together, one runs: the latest.', async () => {
  const key = randomUUID()
  const runAt = new Date(Date.now() + 1500).toISOString()
  for (const name of ['early', 'middle', 'late']) {
    await db.in(school).transaction(tx => enqueue(tx, task, { name }, { key, runAt }))
  }
  await until('The job', () => named('late').length > 0)
  assert.deepEqual([named('early').length, named('middle').length, named('late').length], [0, 0, 1])
})

test('A job is added although a worker starts the waiting one of its key at that moment.', async () => {
  const key = randomUUID()
  const add = (name: string) =>
    db.in(school).transaction(tx => enqueue(tx, otherTask, { name }, { key, runAt: '2999-01-01T00:00:00Z' }))
  await add('first')
  const worker = new pg.Client({ connectionString: database.adminUrl })
  await worker.connect()
  await worker.query('begin')
  await worker.query(
    `update azora_jobs._private_jobs set locked_at = now(), locked_by = 'worker' where key = $1`,
    [key],
  )
  const second = add('second')
  await untilBlocked(db)
  await worker.query('commit')
  await second
  const { rows } = await worker.query(
    `select payload ->> 'name' as name, locked_at is null as waits from azora_jobs._private_jobs
     where payload ->> 'name' in ('first', 'second') order by id`,
  )
  await worker.end()
  assert.deepEqual(rows, [
    { name: 'first', waits: false },
    { name: 'second', waits: true },
  ])
})

test('A task that this process does not know is left for the one that does.', async () => {
  await db.in(school).transaction(tx => enqueue(tx, otherTask, { name: 'other' }))
  await db.in(school).transaction(tx => enqueue(tx, task, { name: 'after' }))
  await until('A later job', () => named('after').length > 0)
  assert.equal(named('other').length, 0)
})

test('What is asked for is a task that exists, with the payload that it takes.', async () => {
  const refused = db.in(school).transaction(async tx => {
    // @ts-expect-error a task is no name
    await enqueue(tx, 'test.work', { name: 'x' })
    // @ts-expect-error another payload
    await enqueue(tx, task, { title: 'x' })
  })
  await assert.rejects(refused)
})
