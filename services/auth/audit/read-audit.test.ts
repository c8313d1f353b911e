import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { csvLine } from '@azora/contracts/csv.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import { sql } from '@azora/kit/sql.ts'
import { testContext } from '@azora/kit/testing.ts'
import express from 'express'
import { createOrganization } from '../organizations/organizations.ts'
import { startAuth } from '../testing.ts'
import { deleteOldOrigins, deleteOriginsOf } from './audit.store.ts'
import { auditCsv, listAudit } from './read-audit.ts'
import { auditFileHandlers } from './routes.ts'
import { recordMany, settleEvents } from './testing.ts'

let auth: Awaited<ReturnType<typeof startAuth>>
let admin: string
let learner: string

before(async () => {
  auth = await startAuth()
  ;({ userId: admin } = await auth.addPerson(['admin']))
  ;({ userId: learner } = await auth.addPerson())
  await recordMany(auth, auth.north, admin, 30, 'course.saved')
  const context = { ...testContext(), ip: '192.0.2.9', userAgent: '=HYPERLINK("x")' }
  await auth.db.in(auth.north).transaction(async tx => {
    const subject = { kind: 'person', id: learner }
    await recordAudit(tx, 'auth', context, {
      action: 'person.suspended',
      actorId: admin,
      subject,
      details: { reason: '50%_done' },
    })
    await recordAudit(tx, 'auth', 'system', { action: 'export.expired' })
  })
  await recordMany(auth, auth.south, admin, 1, 'course.saved')
  await settleEvents(auth)
})
after(() => auth.dispose())

const list = (query: object = {}, school = auth.north) => listAudit(auth.db, school, { limit: 10, ...query })
const actions = async (query: object) => (await list(query)).items.map(item => item.action)

test('The log is read newest first, page by page, each entry once.', async () => {
  const seen: number[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await list({ cursor })
    seen.push(...page.items.map(item => item.sequence))
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 32 }, (_, at) => 32 - at),
  )
})

test('An entry says who did what to whom and from where, by the names of today.', async () => {
  const entry = (await list({ action: 'person.suspended' })).items[0]
  assert.deepEqual(
    [entry?.actor, entry?.subject, entry?.origin?.ip, entry?.details],
    [
      { kind: 'person', id: admin, name: 'Person 1' },
      { kind: 'person', id: learner, name: 'Person 2', deleted: false },
      '192.0.2.9',
      { reason: '50%_done' },
    ],
  )
})

test('What the system did by itself has no actor and no origin.', async () => {
  const entry = (await list({ action: 'export.expired' })).items[0]
  assert.deepEqual([entry?.actor, entry?.origin], [{ kind: 'system', id: null, name: null }, null])
})

describe('The log is narrowed', () => {
  const narrowed: [string, () => object, number][] = [
    ['by action', () => ({ action: 'person.suspended' }), 1],
    ['by noun', () => ({ action: 'person' }), 1],
    ['by actor', () => ({ actorId: admin }), 31],
    ['by subject', () => ({ subjectId: learner }), 1],
    ['by a word in actions', () => ({ q: 'suspend' }), 1],
    ['by the name of the actor', () => ({ q: 'person 1' }), 31],
    ['by the name of the subject', () => ({ q: 'PERSON 2' }), 1],
    ['by details', () => ({ q: '50%_' }), 1],
    ['by a pattern that is taken as it stands', () => ({ q: '%_%' }), 0],
    ['by time', () => ({ until: '2020-01-01T00:00:00Z' }), 0],
    ['by time, from', () => ({ from: '2020-01-01T00:00:00+02:00' }), 32],
  ]
  for (const [what, query, count] of narrowed) {
    test(what, async () => assert.equal((await actions({ limit: 100, ...query() })).length, count))
  }
})

test('Another school’s entries are not there, nor is a search led by its people.', async () => {
  assert.equal((await list({}, auth.south)).items.length, 1)
  assert.equal((await list({ q: 'Person' }, auth.south)).items.length, 0)
})

test('A cursor that is not of this list is refused.', async () => {
  for (const cursor of ['', 'x', '1e3', '-1', '9'.repeat(30)])
    await assert.rejects(list({ cursor }), { code: 'invalid_input' })
})

test('The CSV holds every entry that the filter lets through, with hashes, and no formula.', async () => {
  const lines: string[] = []
  for await (const part of auditCsv(auth.db, auth.north, {})) lines.push(...part.split('\r\n').slice(0, -1))
  assert.equal(lines.length, 33)
  assert.match(lines[0] ?? '', /^sequence,at,action,.*,previous_hash,hash$/)
  assert.match(lines[2] ?? '', /^31,.*"'=HYPERLINK\(""x""\)","\{""reason"":""50%_done""\}",.*,[0-9a-f]{64}$/)
})

test('The log leaves as a file, and that it left is in the log.', async () => {
  const { exportAudit } = auditFileHandlers(auth)
  const east = await createOrganization(auth.db, { slug: 'east', name: 'East School', isDefault: false })
  await recordMany(auth, east, admin, 3, 'course.saved')
  await settleEvents(auth)
  const context = testContext({ userId: admin, organizationId: east, roles: ['auditor'], sessionId: admin })
  const app = express().get('/', (req, res) => exportAudit({ q: 'saved' }, context, req, res))
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/csv/)
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment/)
    assert.equal((await answer.text()).split('\r\n').length, 5)
  } finally {
    server.close()
  }
  await settleEvents(auth)
  assert.equal((await list({}, east)).items[0]?.action, 'audit.exported')
})

test('A cell of CSV is quoted where it must be.', () => {
  assert.equal(csvLine(['a', 'b,c', 'd"e', 'f\r\ng', null, '-1']), 'a,"b,c","d""e","f\r\ng",,\'-1\r\n')
})

test('Origins go with a person, or with time; the entries stay.', async () => {
  const origins = () => auth.db.in(auth.north).run(sql`select from audit_origins`)
  assert.equal(await origins(), 31)
  await deleteOldOrigins(auth.db.across, 1)
  assert.equal(await origins(), 31)
  await auth.db.across.run(
    sql`update audit_origins set recorded_at = recorded_at - interval '3 days' where ip = '192.0.2.9'`,
  )
  await deleteOldOrigins(auth.db.across, 2)
  assert.equal(await origins(), 30)
  await deleteOriginsOf(auth.db.across, admin)
  assert.equal(await origins(), 0)
  assert.equal((await list()).items[5]?.origin, null)
})

test('What an entry is about keeps the name that it had, and what the school still has goes by its name of today.', async () => {
  const school = auth.south
  const { name } = await auth.db.across.one<{ name: string }>(
    sql`select name from organizations where id = ${school}`,
  )
  await auth.db.in(school).transaction(async tx => {
    for (const subject of [
      { kind: 'course', id: 'c', name: 'Rivers' },
      { kind: 'organization', id: school },
      { kind: 'course', id: 'd' },
    ])
      await recordAudit(tx, 'auth', 'system', { action: `${subject.kind}.changed`, subject })
  })
  await settleEvents(auth)
  const { items } = await list({ limit: 3 }, school)
  assert.deepEqual(
    items.map(({ subject }) => [subject?.kind, subject?.name]),
    [
      ['course', null],
      ['organization', name],
      ['course', 'Rivers'],
    ],
  )
})

test('A session goes by its device, and an entry says what was deleted since.', async () => {
  const school = auth.south
  const { email, userId } = await auth.addPerson(['learner'], school)
  await auth.login(email, undefined, { ...testContext(), userAgent: 'gradebook/2.1' })
  const session = await auth.db.across.one<{ id: string }>(
    sql`select id from sessions where user_id = ${userId}`,
  )
  await auth.db.in(school).transaction(async tx => {
    for (const [action, subject] of [
      ['course.published', { kind: 'course', id: 'deleted', name: 'Rivers' }],
      ['quiz.changed', { kind: 'quiz', id: 'q', name: 'Sources' }],
      ['course.published', { kind: 'course', id: 'kept', name: 'Lakes' }],
      ['session.revoked', { kind: 'session', id: session.id }],
      ['course.deleted', { kind: 'course', id: 'deleted', name: 'Rivers' }],
    ] as const)
      await recordAudit(tx, 'auth', 'system', { action, subject, details: { courseId: 'deleted' } })
  })
  await settleEvents(auth)
  const { items } = await list({ limit: 5 }, school)
  assert.deepEqual(
    items.map(({ action, subject }) => [action, subject?.name, subject?.deleted]),
    [
      ['course.deleted', 'Rivers', true],
      ['session.revoked', 'gradebook', false],
      ['course.published', 'Lakes', false],
      ['quiz.changed', 'Sources', true],
      ['course.published', 'Rivers', true],
    ],
  )
})
