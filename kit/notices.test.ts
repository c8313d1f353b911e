import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { type Database, openDatabase } from './db.ts'
import { createLog } from './log.ts'
import { createMetrics } from './metrics.ts'
import { serviceDatabaseUrl } from './migrate.ts'
import { type Notices, openNotices } from './notices.ts'
import { publish } from './outbox.ts'
import { startRelay } from './relay.ts'
import { createTestDatabase } from './testing.ts'

const log = createLog({ level: 'error', file: null, console: false })('test')
const minute = 60_000
let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: Database
let notices: Notices
let admin: pg.Client

before(async () => {
  database = await createTestDatabase([
    { name: 'education', migrations: new URL('./migrations/', import.meta.url) },
  ])
  const url = (name: string) => serviceDatabaseUrl(database.adminUrl, database.secret, name)
  db = openDatabase({ service: 'education', url: url('education'), maxConnections: 2, onError: () => {} })
  notices = await openNotices({ url: url('jobs'), log })
  admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
})
after(async () => {
  await notices.stop()
  await admin.end()
  await db.close()
  await database.drop()
})

/** The next thing that is heard of a topic. */
function heardOf(topic: string): Promise<string | null> {
  const { promise, resolve, reject } = Promise.withResolvers<string | null>()
  const forget = notices.on(topic, resolve)
  const timer = setTimeout(() => reject(new Error(`Nothing was heard of ${topic}.`)), 10_000)
  return promise.finally(() => {
    clearTimeout(timer)
    forget()
  })
}

test('What one process tells is heard in every other, with its detail.', async () => {
  const first = heardOf('revocations')
  notices.tell('revocations')
  assert.equal(await first, null)
  const second = heardOf('cancelled')
  await admin.query("select pg_notify('azora', 'cancelled 17')")
  assert.equal(await second, '17')
})

const breakConnection = () =>
  admin.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'azora-notices' and datname = current_database()",
  )

test('After a lost connection everything counts as told, and what lives with a connection is done anew.', async () => {
  let connections = 0
  const held = notices.whenConnected(async client => {
    connections += 1
    await client.query('select pg_advisory_lock_shared(1, 2)')
  })
  await held.done
  assert.equal(connections, 1)
  const heard = heardOf('anything')
  await breakConnection()
  assert.equal(await heard, null)
  assert.equal(connections, 2)
  const { rows } = await admin.query('select pg_try_advisory_lock(1, 2) as free')
  assert.equal(rows[0].free, false)
  const again = heardOf('cancelled')
  await admin.query("select pg_notify('azora', 'cancelled 18')")
  assert.equal(await again, '18')
  held.end()
  const third = heardOf('anything')
  await breakConnection()
  await third
  assert.equal(connections, 2, 'what was ended was done again')
})

test('What lives with a connection waits for one while there is none.', async () => {
  await breakConnection()
  while (notices.client()) await pause(1)
  let connections = 0
  const held = notices.whenConnected(async () => {
    connections += 1
  })
  await held.done
  assert.equal(connections, 1)
  held.end()
  // The others count on a connection.
  while (!notices.client()) await pause(1)
})

const event = () => ({ organizationId: randomUUID(), courseId: randomUUID() })
const published = (payload: ReturnType<typeof event>) =>
  db.in(payload.organizationId).transaction(tx => publish(tx, 'education', 'course.deleted', payload))

/** A relay as another process runs it: it does not hear what this one publishes but through the database. */
function relayElsewhere(idleMs: number, hears: boolean) {
  const { promise, resolve } = Promise.withResolvers<string>()
  const relay = startRelay({
    // This process's own relay of `education` would be woken directly, so this one has another name here.
    db: { ...db, service: 'elsewhere' },
    async deliver(batch) {
      for (const { payload } of batch) resolve((payload as { courseId: string }).courseId)
    },
    log,
    metrics: createMetrics(),
    idleMs,
    ...(hears
      ? { notices: { ...notices, on: (_topic, heard) => notices.on('outbox:education', heard) } }
      : {}),
  })
  return { relay, delivered: promise }
}

test('An event that a command beside the system publishes is handed on at once.', async () => {
  const { relay, delivered } = relayElsewhere(minute, true)
  const payload = event()
  await published(payload)
  assert.equal(await delivered, payload.courseId)
  await relay.stop()
})

test('An event of whose publishing nothing is heard is handed on all the same, a little later.', async () => {
  const { relay, delivered } = relayElsewhere(100, false)
  const payload = event()
  await published(payload)
  assert.equal(await delivered, payload.courseId)
  await relay.stop()
})
