import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { recordAudit } from './audit.ts'
import type { Actor } from './identity.ts'
import { sql } from './sql.ts'
import { createTestKit, type TestKit } from './testing.ts'

let kit: TestKit
const organizationId = randomUUID()
before(async () => {
  kit = await createTestKit({ name: 'education', migrations: new URL('./migrations/', import.meta.url) })
})
after(() => kit.dispose())

const person = (more: Partial<Actor> = {}): Actor => ({
  userId: randomUUID(),
  organizationId,
  sessionId: randomUUID(),
  roles: [],
  ...more,
})

async function recorded(by: Parameters<typeof recordAudit>[2], action: string) {
  await kit.db.in(organizationId).transaction(tx => recordAudit(tx, 'education', by, { action }))
  const { payload } = await kit.db.infrastructure.one<{ payload: Record<string, unknown> }>(
    sql`select payload from outbox where payload ->> 'action' = ${action}`,
  )
  return payload
}
const origin = { ip: '192.0.2.7', userAgent: 'Firefox' }

test('An entry names who acted and from where, and the administrator who looked through their eyes.', async () => {
  const actor = person({ impersonatorId: randomUUID() })
  assert.partialDeepStrictEqual(await recorded({ actor, ...origin }, 'thing.seen'), {
    organizationId,
    actor: { kind: 'person', id: actor.userId },
    impersonatorId: actor.impersonatorId,
    origin,
  })
})

test('An entry tells a program from a person, and the system from both.', async () => {
  const key = person({ kind: 'key' })
  assert.partialDeepStrictEqual(await recorded({ actor: key, ...origin }, 'thing.made'), {
    actor: { kind: 'key', id: key.userId },
    impersonatorId: null,
  })
  assert.partialDeepStrictEqual(await recorded('system', 'thing.swept'), {
    actor: { kind: 'system', id: null },
    origin: null,
  })
})

test('An entry vanishes with the change that it tells of.', async () => {
  const undone = kit.db.in(organizationId).transaction(async tx => {
    await recordAudit(tx, 'education', 'system', { action: 'thing.undone' })
    throw new Error('no')
  })
  await assert.rejects(undone, /no/)
  const found = await kit.db.infrastructure.rows(
    sql`select 1 from outbox where payload ->> 'action' = 'thing.undone'`,
  )
  assert.deepEqual(found, [])
})
