import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Role } from '@azora/contracts/permissions.ts'
import pg from 'pg'
import { openDatabase } from './db.ts'
import { startInbox } from './inbox.ts'
import { defineTask, enqueue } from './jobs.ts'
import { serviceDatabaseUrl } from './migrate.ts'
import { operationsHandlers } from './operations.ts'
import { forgetOldWork, forgetWorkOf } from './retention.ts'
import { sql } from './sql.ts'
import { createTestKit, type TestKit, testContext } from './testing.ts'

/** What an operator sees and mends of a service, and what a service forgets by itself. */

const migrations = new URL('./migrations/', import.meta.url)
const north = randomUUID()
const south = randomUUID()
let kit: TestKit
let admin: pg.Client
let woken = 0
let handlers: Record<string, (input: object, context: ReturnType<typeof testContext>) => Promise<unknown>>

before(async () => {
  kit = await createTestKit({ name: 'education', migrations }, [{ name: 'assessment', migrations }])
  admin = new pg.Client({ connectionString: kit.adminUrl })
  await admin.connect()
  handlers = operationsHandlers(kit.db, () => {
    woken += 1
  }) as typeof handlers
})
after(async () => {
  await admin.end()
  await kit.dispose()
})
beforeEach(async () => {
  woken = 0
  await admin.query(
    'delete from education.inbox; delete from education.outbox; delete from education.idempotency_keys',
  )
  await admin.query('delete from azora_jobs._private_jobs')
})

const as = (roles: Role[], organizationId = north) =>
  testContext({ userId: randomUUID(), organizationId, roles, sessionId: randomUUID() })
const call = <T>(name: string, input: object, context: ReturnType<typeof testContext>) =>
  (handlers[name] ?? assert.fail(name))(input, context) as Promise<T>

async function addEvent(
  organizationId: string,
  state: 'failed' | 'waiting' | 'done' = 'failed',
): Promise<string> {
  const id = randomUUID()
  await kit.db.infrastructure.run(sql`
    insert into inbox (id, name, organization_id, payload, correlation_id, occurred_at, attempts, error, failed_at, processed_at)
    values (${id}, 'course.deleted', ${organizationId}, ${JSON.stringify({ courseId: id, organizationId })}, 'test', now(), 12,
      'Error: no', ${state === 'failed' ? new Date().toISOString() : null}, ${state === 'done' ? new Date().toISOString() : null})`)
  return id
}

const recorded = async () =>
  (
    await kit.db.across.rows<{ payload: { action: string; subject: object } }>(sql`
    select payload from outbox where name = 'audit.recorded'`)
  ).map(row => row.payload)

test('An event that a service tells itself is listed twice, wherever a page ends between.', async () => {
  const ids = [randomUUID(), randomUUID(), randomUUID()]
  for (const id of ids) {
    const payload = JSON.stringify({ organizationId: north })
    await kit.db.infrastructure.run(sql`insert into outbox (id, name, organization_id, payload, correlation_id)
      values (${id}, 'course.completed', ${north}, ${payload}, 'test')`)
    await kit.db.infrastructure.run(sql`
      insert into inbox (id, name, organization_id, payload, correlation_id, occurred_at)
      values (${id}, 'course.completed', ${north}, ${payload}, 'test', now())`)
  }
  const found: string[] = []
  let cursor: string | null | undefined
  do {
    const page: { items: { id: string; direction: string }[]; nextCursor: string | null } = await call(
      'listEvents',
      { limit: 1, ...(cursor ? { cursor } : {}) },
      as(['admin']),
    )
    found.push(...page.items.map(({ id, direction }) => `${id} ${direction}`))
    cursor = page.nextCursor
  } while (cursor)
  assert.deepEqual(found.sort(), ids.flatMap(id => [`${id} published`, `${id} received`]).sort())
})

test('Events are found by a part of their name, their error or their correlation id.', async () => {
  const id = await addEvent(north)
  const found = async (q: string) => {
    const page = await call<{ items: { id: string }[] }>('listEvents', { limit: 50, q }, as(['admin']))
    return page.items.map(item => item.id)
  }
  for (const q of ['COURSE.del', 'Error: n', 'test']) assert.deepEqual(await found(q), [id], q)
  for (const q of ['%', 'course_deleted', 'enrolled']) assert.deepEqual(await found(q), [], q)
})

describe('An event that was given up', () => {
  test('is reacted to when it is retried, and the retry is in the audit log.', async () => {
    const id = await addEvent(north)
    assert.deepEqual(await call('retryEvent', { eventId: id }, as(['admin'])), { ok: true })
    assert.equal(woken, 1)
    const [entry] = await recorded()
    assert.deepEqual([entry?.action, entry?.subject], ['event.retried', { kind: 'event', id }])
    const heard: string[] = []
    let done = () => {}
    const reacted = new Promise<void>(resolve => {
      done = resolve
    })
    const inbox = startInbox({
      ...kit,
      reactions: {
        async 'course.deleted'(tx, { courseId }) {
          heard.push(courseId)
          tx.afterCommit(done)
        },
      },
    })
    await reacted
    await inbox.stop()
    assert.deepEqual(heard, [id])
  })

  test('of another school is not there, nor one that waits or is done.', async () => {
    for (const id of [
      await addEvent(south),
      await addEvent(north, 'waiting'),
      await addEvent(north, 'done'),
      randomUUID(),
    ])
      await assert.rejects(call('retryEvent', { eventId: id }, as(['admin'])), { code: 'not_found' })
    assert.deepEqual([woken, await recorded()], [0, []])
  })
})

type Job = { id: string; task: string; attempts: number; error: string | null }

/** A job of the school, given up unless said otherwise. */
async function addJob(
  task: string,
  payload: object,
  state: 'failed' | 'waiting' | 'running' = 'failed',
): Promise<string> {
  await kit.db.across.transaction(tx => enqueue(tx, defineTask(task), payload))
  const { rows } = await admin.query('select max(id)::text as id from azora_jobs._private_jobs')
  const id = rows[0].id as string
  if (state === 'failed')
    await admin.query(
      "update azora_jobs._private_jobs set attempts = max_attempts, last_error = E'No mail server\n at line 3' where id = $1",
      [id],
    )
  if (state === 'running')
    await admin.query(
      "update azora_jobs._private_jobs set locked_at = now(), locked_by = 'x' where id = $1",
      [id],
    )
  return id
}

const failed = async (context: ReturnType<typeof testContext>) =>
  (await call<{ items: Job[] }>('listFailedJobs', { limit: 100 }, context)).items.map(job => job.id)

describe('A job that was given up', () => {
  test('is listed with its reason, and tried anew when it is retried.', async () => {
    const id = await addJob('education.mail', { organizationId: north })
    const { items } = await call<{ items: Job[] }>('listFailedJobs', { limit: 100 }, as(['admin']))
    assert.deepEqual([items.length, items[0]?.task, items[0]?.error], [1, 'education.mail', 'No mail server'])
    await call('retryJob', { jobId: id }, as(['admin']))
    const { rows } = await admin.query(
      'select attempts from azora_jobs._private_jobs where id = $1 and run_at <= now()',
      [id],
    )
    assert.deepEqual(rows, [{ attempts: 0 }])
    assert.deepEqual((await recorded())[0]?.subject, { kind: 'job', id })
    assert.deepEqual(await failed(as(['admin'])), [])
  })

  test('is on one page, also when there are more than fit on one, and no page has those of another school.', async () => {
    const own = []
    for (let count = 0; count < 5; count += 1) {
      own.unshift(await addJob('education.mail', { organizationId: north }))
      await addJob('education.mail', { organizationId: south })
    }
    const pages: string[][] = []
    let cursor: string | undefined
    do {
      const page = await call<{ items: Job[]; nextCursor: string | null }>(
        'listFailedJobs',
        { cursor, limit: 2 },
        as(['admin']),
      )
      pages.push(page.items.map(job => job.id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    assert.deepEqual(pages, [own.slice(0, 2), own.slice(2, 4), own.slice(4)])
  })

  test('of another school, or of the installation, is the operator’s alone to see and to retry.', async () => {
    const foreign = await addJob('education.mail', { organizationId: south })
    const common = await addJob('education.sweep', {})
    assert.deepEqual(await failed(as(['admin'])), [])
    for (const jobId of [foreign, common])
      await assert.rejects(call('retryJob', { jobId }, as(['admin'])), { code: 'not_found' })
    assert.deepEqual(await failed(as(['operator'])), [common, foreign])
    await call('retryJob', { jobId: common }, as(['operator']))
    assert.deepEqual(await failed(as(['operator'])), [foreign])
  })

  test('of another service is out of reach, for operators and for the service’s role itself.', async () => {
    const other = await addJob('assessment.sweep', { organizationId: north })
    const alike = await addJob('educations.sweep', { organizationId: north })
    for (const jobId of [other, alike])
      await assert.rejects(call('retryJob', { jobId }, as(['operator'])), { code: 'not_found' })
    assert.deepEqual(await failed(as(['operator'])), [])
    const url = serviceDatabaseUrl(
      kit.adminUrl,
      'a secret that only tests use, never an installation',
      'assessment',
    )
    const db = openDatabase({ service: 'assessment', url, maxConnections: 1, onError: () => {} })
    assert.equal(
      (await db.across.one<{ failed: number }>(sql`select failed from azora_jobs.own_counts(null)`)).failed,
      1,
    )
    await db.close()
  })

  test('is not one that waits or runs.', async () => {
    for (const state of ['waiting', 'running'] as const) {
      const jobId = await addJob('education.mail', { organizationId: north }, state)
      await assert.rejects(call('retryJob', { jobId }, as(['admin'])), { code: 'not_found' })
    }
    await assert.rejects(call('retryJob', { jobId: '999999999999999999' }, as(['admin'])), {
      code: 'not_found',
    })
  })
})

test('The status counts what waits and what was given up: of one’s school, for operators of all.', async () => {
  await addEvent(north)
  await addEvent(north, 'waiting')
  await addEvent(south)
  await addJob('education.mail', { organizationId: north })
  await addJob('education.mail', { organizationId: north }, 'waiting')
  await addJob('education.sweep', {}, 'waiting')
  type Status = Record<
    'inbox' | 'outbox' | 'jobs',
    { waiting: number; failed: number; oldestSeconds: number }
  >
  const counts = async (context: ReturnType<typeof testContext>) => {
    const { inbox, outbox, jobs } = await call<Status>('getStatus', {}, context)
    for (const queue of [inbox, outbox, jobs]) assert.ok(queue.oldestSeconds >= 0 && queue.oldestSeconds < 60)
    return [inbox.waiting, inbox.failed, outbox.waiting, jobs.waiting, jobs.failed]
  }
  assert.deepEqual(await counts(as(['admin'])), [1, 1, 0, 1, 1])
  assert.deepEqual(await counts(as(['operator'])), [1, 2, 0, 2, 1])
  assert.deepEqual(await counts(as(['admin'], south)), [0, 1, 0, 0, 0])
})

test('How much memory a process uses is for operators: other schools share it.', async () => {
  const memory = async (context: ReturnType<typeof testContext>) =>
    (await call<{ memoryBytes: number | null }>('getStatus', {}, context)).memoryBytes
  assert.equal(await memory(as(['admin'])), null)
  assert.ok(Number(await memory(as(['operator']))) > 1_000_000)
})

test('Old events that were dealt with are forgotten; what waits or was given up stays.', async () => {
  const ids = [await addEvent(north, 'done'), await addEvent(north), await addEvent(north, 'waiting')]
  await admin.query(`update education.inbox set processed_at = processed_at - interval '31 days',
    failed_at = failed_at - interval '31 days', received_at = received_at - interval '31 days'`)
  const fresh = await addEvent(north, 'done')
  await admin.query(`insert into education.idempotency_keys (organization_id, user_id, key, request_hash, created_at)
    values ('${north}', '${north}', 'old', '', now() - interval '2 days'), ('${north}', '${north}', 'new', '', now())`)
  await forgetOldWork(kit.db)
  const left = await kit.db.across.rows<{ id: string }>(sql`select id from inbox`)
  assert.deepEqual(left.map(row => row.id).sort(), [...ids.slice(1), fresh].sort())
  assert.deepEqual(await kit.db.across.rows(sql`select key from idempotency_keys`), [{ key: 'new' }])
})

test('What is kept of a person for delivery goes with them, in that school.', async () => {
  const userId = randomUUID()
  await addJob('education.mail', { organizationId: north, userId }, 'waiting')
  const other = await addJob('education.mail', { organizationId: north, userId: randomUUID() }, 'waiting')
  for (const organizationId of [north, south]) {
    await kit.db.infrastructure.run(sql`
      insert into inbox (id, name, organization_id, payload, correlation_id, occurred_at)
      values (${randomUUID()}, 'user.created', ${organizationId}, ${JSON.stringify({ userId })}, 'test', now()),
        (${randomUUID()}, 'user.deleted', ${organizationId}, ${JSON.stringify({ userId })}, 'test', now())`)
    await kit.db.infrastructure.run(sql`
      insert into outbox (id, name, organization_id, payload, correlation_id, published_at)
      values (${randomUUID()}, 'audit.recorded', ${organizationId}, ${JSON.stringify({ actor: { id: userId } })}, 'test', now())`)
  }
  await kit.db.in(north).transaction(tx => forgetWorkOf(tx, userId, randomUUID()))
  const left = await kit.db.across.rows<{ place: string }>(sql`
    select name || ' ' || (organization_id = ${south}) as place from inbox
    union all select name || ' ' || (organization_id = ${south}) from outbox order by 1`)
  assert.deepEqual(
    left.map(row => row.place),
    ['audit.recorded true', 'user.created true', 'user.deleted false', 'user.deleted true'],
  )
  const { rows } = await admin.query('select id::text from azora_jobs._private_jobs')
  assert.deepEqual(rows, [{ id: other }])
})
