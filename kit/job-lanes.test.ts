import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type Database, openDatabase } from './db.ts'
import { cancel, defineTask, enqueue, type JobRun, runs, type TaskSettings } from './jobs.ts'
import { serviceDatabaseUrl } from './migrate.ts'
import { createTestDatabase, startTestJobs, untilBlocked } from './testing.ts'

/** What may run beside what, in which order, and how a job is cancelled. */

const school = randomUUID()
let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: Database
let admin: pg.Client

before(async () => {
  database = await createTestDatabase([
    { name: 'education', migrations: new URL('./migrations/', import.meta.url) },
  ])
  const url = serviceDatabaseUrl(database.adminUrl, database.secret, 'education')
  db = openDatabase({ service: 'education', url, maxConnections: 4, onError: () => {} })
  admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
})
/** What a test that failed has left open. */
const undo: (() => unknown)[] = []
after(async () => {
  for (const step of undo) await step()
  await admin.end()
  await db.close()
  await database.drop()
})

async function until(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`${what}: not in time.`)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

/** A task whose jobs run until they are let go, or cancelled. */
function held(name: string, settings: TaskSettings = {}) {
  const task = defineTask<{ n: number }>(`education.${name}`, settings)
  const started: number[] = []
  const ended: number[] = []
  const release = Promise.withResolvers<void>()
  undo.push(release.resolve)
  const work = runs(task, async ({ n }, { signal }: JobRun) => {
    started.push(n)
    const aborted = new Promise((_, reject) => {
      if (signal.aborted) reject(signal.reason)
      signal.addEventListener('abort', () => reject(signal.reason))
    })
    aborted.catch(() => {}) // nobody may be waiting any more
    await Promise.race([release.promise, aborted])
    ended.push(n)
  })
  return { task, work, started, ended, release: () => release.resolve() }
}

const ask = (task: ReturnType<typeof held>['task'], n: number, key?: string) =>
  db.in(school).transaction(tx => enqueue(tx, task, { n }, key ? { key } : {}))

async function start(tasks: ReturnType<typeof held>[], lookEveryMs?: number) {
  const jobs = await startTestJobs({
    adminUrl: database.adminUrl,
    service: 'education',
    tasks: tasks.map(({ work }) => work),
    ...(lookEveryMs ? { lookEveryMs } : {}),
  })
  undo.push(jobs.stop)
  return jobs
}

const waitingJobs = async () =>
  Number((await admin.query('select count(*) from azora_jobs._private_jobs')).rows[0].count)

test('Two slow imports hold up no export, and a third waits for one of them.', async () => {
  const [slow, quick] = [held('slow', { atOnce: 2 }), held('quick')]
  quick.release()
  const jobs = await start([slow, quick])
  for (const n of [1, 2, 3]) await ask(slow.task, n)
  await until('Two slow ones', () => slow.started.length === 2)
  for (let n = 1; n <= 20; n++) await ask(quick.task, n)
  await until('Twenty quick ones', () => quick.ended.length === 20)
  assert.deepEqual([slow.started.length, slow.ended.length], [2, 0])
  slow.release()
  await until('The third', () => slow.ended.length === 3)
  await jobs.stop()
})

test('Jobs of one task that hang leave places for all other tasks.', async () => {
  const [hanging, other] = [held('hanging'), held('other')]
  other.release()
  const jobs = await start([hanging, other])
  for (let n = 1; n <= 12; n++) await ask(hanging.task, n)
  await until('Some', () => hanging.started.length === 4)
  await ask(other.task, 1)
  await until('The other', () => other.ended.length === 1)
  assert.equal(hanging.started.length, 4)
  hanging.release()
  await until('The rest', () => hanging.ended.length === 12)
  await jobs.stop()
})

test('A lane is each process’s own: another process brings places of its own.', async () => {
  const [here, there] = [held('shared_lane', { atOnce: 1 }), held('shared_lane', { atOnce: 1 })]
  const [first, second] = [await start([here]), await start([there])]
  for (const n of [1, 2, 3]) await ask(here.task, n)
  await until('One in each', () => here.started.length === 1 && there.started.length === 1)
  for (const one of [here, there]) one.release()
  await until('The third', () => here.ended.length + there.ended.length === 3)
  await Promise.all([first.stop(), second.stop()])
})

test('What a person waits for goes before what nobody waits for.', async () => {
  const late = held('late', { priority: 'late' })
  const urgent = held('urgent', { priority: 'urgent' })
  const order: string[] = []
  for (let n = 1; n <= 3; n++) await ask(late.task, n)
  await ask(urgent.task, 1)
  const works = [late, urgent].map(({ task }) =>
    runs(task, async () => {
      order.push(task.name)
    }),
  )
  const jobs = await startTestJobs({ adminUrl: database.adminUrl, service: 'education', tasks: works })
  await until('All', () => order.length === 4)
  await jobs.stop()
  assert.equal(order[0], 'education.urgent')
})

test('A job is found without any notice of it.', async () => {
  const task = held('unheard')
  task.release()
  const jobs = await start([task], 100)
  await until('Its workers rest', async () => {
    const { rows } = await admin.query(
      "select from pg_stat_activity where application_name = 'azora-jobs' and state = 'active' and datname = current_database()",
    )
    return rows.length === 0
  })
  await admin.query('alter table azora_jobs._private_jobs disable trigger all')
  try {
    for (const n of [1, 2, 3]) await ask(task.task, n)
  } finally {
    await admin.query('alter table azora_jobs._private_jobs enable trigger all')
  }
  await until('The jobs', () => task.ended.length === 3)
  await jobs.stop()
})

test('A job that waits is gone once it is cancelled, unless that is taken back.', async () => {
  const task = held('waiting')
  await ask(task.task, 1, 'first')
  await ask(task.task, 2, 'second')
  const undone = db.in(school).transaction(async tx => {
    assert.equal(await cancel(tx, 'first'), 'waiting')
    throw new Error('stop')
  })
  await assert.rejects(undone, /stop/)
  assert.equal(await db.in(school).transaction(tx => cancel(tx, 'second')), 'waiting')
  assert.equal(await db.in(school).transaction(tx => cancel(tx, 'second')), null)
  task.release()
  const jobs = await start([task])
  await until('The first', () => task.ended.length === 1)
  await jobs.stop()
  assert.deepEqual([task.started, await waitingJobs()], [[1], 0])
})

for (const heard of [true, false]) {
  test(`A job that runs is told that it was cancelled${heard ? '' : ', also when the notice is lost'}.`, async () => {
    const task = held(heard ? 'told' : 'untold')
    // Before there is a runner, whose first look finds it: the notice of a new job may come before it listens.
    await ask(task.task, 1, 'running')
    const jobs = await start([task], heard ? 60_000 : 100)
    await until('It runs', () => task.started.length === 1)
    if (heard) assert.equal(await db.in(school).transaction(tx => cancel(tx, 'running')), 'begun')
    else await admin.query(`update azora_jobs._private_jobs set key = null, flags = '{"cancelled": true}'`)
    await until('It is gone', async () => (await waitingJobs()) === 0)
    assert.deepEqual([task.started, task.ended], [[1], []])
    await jobs.stop()
  })
}

test('A job that a worker takes at the moment of its cancelling is told, and one that is cancelled first never runs.', async () => {
  const task = held('raced')
  await ask(task.task, 1, 'raced')
  // As graphile-worker takes it; the one who cancels waits for its commit and then sees a job that runs.
  await admin.query('begin')
  await admin.query(
    "update azora_jobs._private_jobs set locked_at = now(), locked_by = 'other', attempts = 1",
  )
  const cancelling = db.in(school).transaction(tx => cancel(tx, 'raced'))
  await untilBlocked(db)
  await admin.query('commit')
  assert.equal(await cancelling, 'begun')
  const { rows } = await admin.query('select flags, key from azora_jobs._private_jobs')
  assert.deepEqual(rows, [{ flags: { 'education.raced': true, cancelled: true }, key: null }])
  await admin.query('delete from azora_jobs._private_jobs')

  // The other order: while it is being cancelled, no worker takes it.
  await ask(task.task, 2, 'raced')
  let jobs: Awaited<ReturnType<typeof start>> | null = null
  await db.in(school).transaction(async tx => {
    assert.equal(await cancel(tx, 'raced'), 'waiting')
    const other = held('beside')
    other.release()
    jobs = await start([task, other])
    await admin.query("select azora_jobs.add_job('education.beside', '{}')")
    await until('Its workers have looked', () => other.ended.length === 1)
  })
  await (jobs as Awaited<ReturnType<typeof start>> | null)?.stop()
  assert.deepEqual([task.started, await waitingJobs()], [[], 0])
})

test('A job that was cancelled in a process that died runs again, to clean up, with its signal aborted.', async () => {
  const task = held('left')
  await ask(task.task, 1, 'left')
  await admin.query("update azora_jobs._private_jobs set locked_at = now(), locked_by = 'dead', attempts = 1")
  assert.equal(await db.in(school).transaction(tx => cancel(tx, 'left')), 'begun')
  const jobs = await start([task])
  await until('It is gone', async () => (await waitingJobs()) === 0)
  await jobs.stop()
  assert.deepEqual([task.started, task.ended], [[1], []])
})

test('Another service’s job cannot be cancelled.', async () => {
  const foreign = defineTask<{ n: number }>('auth.other')
  await db.in(school).transaction(tx => enqueue(tx, foreign, { n: 1 }, { key: 'foreign' }))
  assert.equal(await db.in(school).transaction(tx => cancel(tx, 'foreign')), null)
  assert.equal(await waitingJobs(), 1)
})
