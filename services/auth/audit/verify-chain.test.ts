import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import pg from 'pg'
import { startAuth } from '../testing.ts'
import { appendEntries } from './append-entries.ts'
import { selectChain } from './audit.store.ts'
import { reportAudit } from './audit-report.ts'
import { hashOf, noHash } from './chain.ts'
import { recordMany, settleEvents } from './testing.ts'
import { verifyChain } from './verify-chain.ts'

/** What a check of the chain finds when someone with all rights on the database has been at it. */

let auth: Awaited<ReturnType<typeof startAuth>>
let admin: pg.Client
let actorId: string

before(async () => {
  auth = await startAuth()
  admin = new pg.Client({ connectionString: auth.adminUrl })
  await admin.connect()
  ;({ userId: actorId } = await auth.addPerson(['admin']))
})
after(async () => {
  await admin.end()
  await auth.dispose()
})

/** As the owner of everything, past triggers and row-level security. */
async function tamper(statement: string, values: unknown[] = []): Promise<void> {
  await admin.query('set session_replication_role = replica')
  const { rowCount } = await admin.query(statement, values)
  await admin.query('set session_replication_role = origin')
  assert.ok(rowCount, `nothing was touched: ${statement}`)
}

beforeEach(async () => {
  await admin.query('set session_replication_role = replica')
  await admin.query(
    'truncate auth.audit_entries, auth.audit_heads, auth.audit_origins, auth.inbox, auth.outbox',
  )
  await admin.query('set session_replication_role = origin')
  await recordMany(auth, auth.north, actorId, 5)
  await recordMany(auth, auth.south, actorId, 2)
  await settleEvents(auth)
})

const check = (expected: { sequence: number; hash: string } | null = null) =>
  verifyChain(auth.db, auth.north, expected)

async function brokenAt(): Promise<number | null> {
  const verdict = await check()
  assert.equal(verdict.intact, verdict.brokenAt === null)
  return verdict.brokenAt
}

test('A chain that nobody touched is intact, each school’s by itself, and says where it stands.', async () => {
  const { rows } = await admin.query(
    'select hash from auth.audit_entries where organization_id = $1 and sequence = 5',
    [auth.north],
  )
  assert.deepEqual(await check(), { entries: 5, head: rows[0].hash, intact: true, brokenAt: null })
  assert.equal((await verifyChain(auth.db, auth.south)).entries, 2)
})

test('An empty log is intact.', async () => {
  await admin.query('set session_replication_role = replica')
  await admin.query('truncate auth.audit_entries, auth.audit_heads')
  await admin.query('set session_replication_role = origin')
  assert.deepEqual(await check(), { entries: 0, head: null, intact: true, brokenAt: null })
})

test('A chain longer than is read at once is checked to its end.', async () => {
  await recordMany(auth, auth.north, actorId, 1100)
  await settleEvents(auth)
  assert.equal((await check()).entries, 1105)
  await tamper(
    `update auth.audit_entries set action = 'x' where organization_id = '${auth.north}' and sequence = 1104`,
  )
  assert.equal(await brokenAt(), 1104)
})

describe('The role of the service', () => {
  for (const statement of [
    'update audit_entries set action = action',
    'delete from audit_entries',
    'truncate audit_entries',
    'alter table audit_entries disable trigger all',
    'drop trigger audit_entries_only_grow on audit_entries',
    'set session_replication_role = replica',
  ]) {
    test(`is refused: ${statement}.`, async () => {
      await assert.rejects(auth.db.across.run(sql([statement] as unknown as TemplateStringsArray)), {
        code: '42501',
      })
      assert.equal(await brokenAt(), null)
    })
  }
})

test('The owner, too, must first take the trigger away.', async () => {
  await assert.rejects(admin.query('update auth.audit_entries set action = action'), { code: '42501' })
  await assert.rejects(admin.query('truncate auth.audit_entries cascade'), { code: '42501' })
})

describe('A check finds', () => {
  const where = () => `organization_id = '${auth.north}'`

  for (const change of [
    "action = 'nothing.happened'",
    `details = '{"at": 3, "b": [1.5], "a": "e"}'`,
    "at = at + interval '1 millisecond'",
    "actor_kind = 'key'",
    'actor_id = id',
    'impersonator_id = id',
    "subject_id = 'course-4'",
    "origin_digest = repeat('0', 64)",
    'origin_digest = null',
    "hash = repeat('a', 64)",
  ]) {
    test(`a change of an entry: ${change}.`, async () => {
      await tamper(`update auth.audit_entries set ${change} where ${where()} and sequence = 3`)
      assert.equal(await brokenAt(), 3)
    })
  }

  test('an entry changed and sealed again: the next one does not fit.', async () => {
    const [entry] = await selectChain(auth.db.in(auth.north), {
      organizationId: auth.north,
      after: 2,
      limit: 1,
    })
    assert.ok(entry)
    const forged = { ...entry, action: 'nothing.happened' }
    await tamper(`update auth.audit_entries set action = $1, hash = $2 where ${where()} and sequence = 3`, [
      forged.action,
      hashOf(forged),
    ])
    assert.equal(await brokenAt(), 4)
  })

  test('an origin that was changed.', async () => {
    await tamper(`update auth.audit_origins o set ip = '203.0.113.9' from auth.audit_entries e
      where e.id = o.id and e.${where()} and e.sequence = 2`)
    assert.equal(await brokenAt(), 2)
  })

  test('an entry taken out of the middle.', async () => {
    await tamper(`delete from auth.audit_entries where ${where()} and sequence = 3`)
    assert.equal(await brokenAt(), 3)
  })

  test('an entry taken out, and the gap closed.', async () => {
    await tamper(`delete from auth.audit_entries where ${where()} and sequence = 3`)
    for (const place of [4, 5])
      await tamper(
        `update auth.audit_entries set sequence = ${place - 1} where ${where()} and sequence = ${place}`,
      )
    assert.equal(await brokenAt(), 3)
  })

  test('two entries that changed places.', async () => {
    for (const [from, to] of [
      [2, 99],
      [4, 2],
      [99, 4],
    ])
      await tamper(`update auth.audit_entries set sequence = ${to} where ${where()} and sequence = ${from}`)
    assert.equal(await brokenAt(), 2)
  })

  test('a tail that was cut.', async () => {
    await tamper(`delete from auth.audit_entries where ${where()} and sequence > 3`)
    assert.equal(await brokenAt(), 4)
  })

  test('a head that was set back, or that is gone.', async () => {
    await tamper(`update auth.audit_heads set sequence = 3 where ${where()}`)
    assert.equal(await brokenAt(), 4)
    await tamper(`delete from auth.audit_heads where ${where()}`)
    assert.equal(await brokenAt(), 1)
  })

  test('with a hash noted elsewhere, also a tail that was cut with its head.', async () => {
    const noted = await check()
    const expected = { sequence: noted.entries, hash: noted.head ?? '' }
    await tamper(`delete from auth.audit_entries where ${where()} and sequence > 3`)
    await tamper(`update auth.audit_heads h set sequence = 3, hash = e.hash from auth.audit_entries e
      where h.${where()} and e.organization_id = h.organization_id and e.sequence = 3`)
    assert.equal((await check()).intact, true)
    assert.deepEqual([(await check(expected)).intact, (await check(expected)).brokenAt], [false, 4])
  })

  test('with a hash noted elsewhere, also a chain that was forged from its first entry on.', async () => {
    const noted = await check()
    const expected = { sequence: 4, hash: '' }
    const chain = await selectChain(auth.db.in(auth.north), {
      organizationId: auth.north,
      after: 0,
      limit: 9,
    })
    expected.hash = chain[3]?.hash ?? ''
    let last = noHash
    for (const entry of chain) {
      const forged = { ...entry, action: 'nothing.happened', previousHash: last }
      last = hashOf(forged)
      await tamper(
        `update auth.audit_entries set action = $1, previous_hash = $2, hash = $3 where ${where()} and sequence = $4`,
        [forged.action, forged.previousHash, last, entry.sequence],
      )
    }
    await tamper(`update auth.audit_heads set hash = $1 where ${where()}`, [last])
    assert.equal((await check()).intact, true)
    assert.deepEqual((await check(expected)).brokenAt, 4)
    assert.notEqual(noted.head, last)
  })
})

test('Origins that were erased leave the chain intact.', async () => {
  await tamper(`delete from auth.audit_origins where person_id = '${actorId}'`)
  assert.equal(await brokenAt(), null)
})

test('A check while the chain grows never calls it broken.', async () => {
  let growing = true
  const checks = (async () => {
    let done = 0
    for (; growing || done === 0; done++) assert.equal(await brokenAt(), null)
    return done
  })()
  for (let round = 0; round < 4; round++) {
    await recordMany(auth, auth.north, actorId, 60)
    await settleEvents(auth)
  }
  growing = false
  assert.ok((await checks) > 0)
  assert.equal((await check()).entries, 245)
})

test('The report names each school and its head, and tells whether all are intact.', async () => {
  const lines: string[] = []
  const report = (slug: string | null = null) =>
    reportAudit(auth.db, { slug, expected: null }, line => lines.push(line))
  assert.equal(await report(), true)
  assert.match(lines[0] ?? '', /^north: 5 entries, head 5:[0-9a-f]{64}, intact$/)
  assert.match(lines[1] ?? '', /^south: 2 entries, head 2:[0-9a-f]{64}, intact$/)
  await tamper(`delete from auth.audit_entries where organization_id = '${auth.north}' and sequence = 2`)
  lines.length = 0
  assert.equal(await report(), false)
  assert.match(lines[0] ?? '', /BROKEN at entry 2$/)
  assert.match(lines[1] ?? '', /intact$/)
  assert.equal(await report('nowhere'), null)
})

test('Many transactions that append at once make one chain, without gaps.', async () => {
  const payload = {
    organizationId: auth.south,
    action: 'test.raced',
    actor: { kind: 'system' as const, id: null },
    impersonatorId: null,
    subject: null,
    origin: null,
    details: {},
    at: '2026-01-01T00:00:00+02:00',
  }
  const id = (at: number) => `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`
  await Promise.all(
    Array.from({ length: 40 }, (_, at) =>
      auth.db.in(auth.south).transaction(tx =>
        // Each event comes twice, as after a crash, and beside another one.
        appendEntries(tx, [
          { id: id(at % 20), payload },
          { id: id(100 + at), payload },
        ]),
      ),
    ),
  )
  assert.deepEqual(
    [(await verifyChain(auth.db, auth.south)).entries, (await verifyChain(auth.db, auth.south)).intact],
    [62, true],
  )
})
