import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { settleOld } from './settle-job.ts'

/** The sweep, with many that wait. */

let kit: TestKit
const organizationId = randomUUID()
before(async () => {
  kit = await createTestKit({ name: 'payments', migrations: new URL('../migrations/', import.meta.url) })
})
after(() => kit.dispose())

test('Refunds that the bank keeps waiting for days do not keep the sweep from newer ones.', async () => {
  const school = kit.db.in(organizationId)
  await school.run(sql`
    insert into orders (id, organization_id, buyer_name, about, status, currency, total_minor, sandbox, expires_at, paid_at,
      checked_at)
    select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, ${organizationId}::uuid, 'A Buyer', 'course:x',
      'paid', 'ZAR', 100, true, now(), now(), now() - interval '1 hour'
    from generate_series(1, 101) n`)
  await school.run(sql`
    insert into payments (id, organization_id, order_id, stripe_payment_intent_id, amount_minor, processed_at, refunded_minor)
    select id, organization_id, id, 'pi_' || id, 100, now(), 100 from orders where organization_id = ${organizationId}`)
  await school.run(sql`
    insert into refunds (id, organization_id, payment_id, amount_minor, reason, stripe_refund_id, created_at)
    select id, organization_id, id, 100, 'other', 're_' || id,
      now() - interval '1 hour' + right(id::text, 3)::int * interval '1 second'
    from payments where organization_id = ${organizationId}`)
  const asked = new Set<string>()
  const retrieve = async (id: string) => {
    asked.add(id)
    return { id, status: 'pending' }
  }
  const stripe = { sandbox: true, open: async () => ({ refunds: { retrieve } }) }
  const tools = { db: kit.db, stripe, publicUrl: '', onPaid() {} } as never
  await settleOld(tools)
  await settleOld(tools)
  assert.equal(asked.size, 101)
})
