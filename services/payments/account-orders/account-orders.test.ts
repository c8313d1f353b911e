import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { addDays } from '@azora/billing/calendar/day.ts'
import type { AppError } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { inTurn, overlapped } from '@azora/kit/testing.ts'
import { selectOpenAmong } from '../access/access.store.ts'
import { lockOptionalInstitution } from '../institutions/institutions.store.ts'
import { deleteOptionalManager } from '../institutions/managers.store.ts'
import { readInstitution, removeManager, saveInstitution } from '../institutions/save-institution.ts'
import { selectOptionalDocument, selectOptionalInvoice } from '../invoices/invoices.store.ts'
import { findInvoice } from '../invoices/read-invoices.ts'
import { sharePool } from '../seats/give-seats.ts'
import { requireKeeper } from '../seats/keepers.ts'
import { redeemCode } from '../seats/redeem-code.ts'
import { openCode } from '../seats/seat-code.ts'
import { selectOptionalPool } from '../seats/seat-pools.store.ts'
import { saveSettings } from '../settings/settings.ts'
import { createShop, type Shop } from '../testing.ts'
import {
  type AccountOrder,
  lockOptionalAccountOrder,
  selectOptionalAccountOrder,
} from './account-orders.store.ts'
import { cancelOrder } from './cancel-order.ts'
import { orderSeats, quoteSeats } from './order-seats.ts'
import { recordTransfer } from './record-payment.ts'
import { company, selling } from './testing.ts'

/** Seats on account: ordered, invoiced at once, paid by transfer, or cancelled. */

let shop: Shop
let sales: ReturnType<typeof selling>
before(async () => {
  shop = await createShop()
  sales = selling(shop)
  await shop.registered()
})
after(() => shop?.dispose())

const zar = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (failure: AppError) => failure.data?.reason ?? failure.code ?? failure.message,
  )
const valuesOf = (ended: PromiseSettledResult<unknown>[]) =>
  ended.map(one => (one.status === 'fulfilled' ? one.value : one.reason))
const heldInstitution = (institutionId: string) => sql`
  select from institutions where organization_id = ${shop.organizationId} and id = ${institutionId} for update`
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const today = day(0)
const told = (name: string, invoiceId: string) =>
  shop.kit.db.infrastructure.rows<{ payload: Record<string, unknown> }>(sql`
    select payload from outbox where name = ${name} and payload ->> 'invoiceId' = ${invoiceId} order by occurred_at`)
const pay = (
  { invoiceId }: { invoiceId: string },
  amountMinor: number,
  rest: { paidOn?: string; reference?: string } = {},
) =>
  recordTransfer(shop.kit.db, sales.officer, {
    ...{ invoiceId, amount: zar(amountMinor), paidOn: today, reference: randomUUID() },
    ...rest,
  })
const cancel = (orderId: string) => cancelOrder(shop.kit.db, sales.officer, { orderId, note: 'By mistake' })

test('An order makes its invoice at once, to the institution, with the seats as quantity and a day by which to pay.', async () => {
  const order = await sales.ordered()
  const document = await selectOptionalDocument(shop.school, order.invoiceId)
  assert.equal(document?.buyer.name, company.legalName)
  assert.equal(document?.buyer.taxNumber, company.taxNumber)
  assert.deepEqual(
    document?.lines.map(({ quantity, unit, gross, tax }) => [quantity, unit, gross, tax]),
    [[10, zar(115_00), zar(1_150_00), zar(150_00)]],
  )
  assert.equal(document?.due.amountMinor, 1_150_00)
  assert.equal(document?.dueOn, addDays(document?.issuedOn ?? '', 30))
})

test('With the order there are the seats to invite people to, and mint is told what is owed.', async () => {
  const order = await sales.ordered({ seats: 3 })
  const pool = await selectOptionalPool(shop.school, order.poolId)
  assert.deepEqual([pool?.kind, pool?.seats, pool?.institutionId], ['account', 3, order.institutionId])
  const [issued, ...more] = await told('invoice.issued_on_account', order.invoiceId)
  assert.equal(more.length, 0)
  assert.deepEqual([issued?.payload.total, issued?.payload.tax], [zar(345_00), zar(45_00)])
})

test('A company abroad that owes the tax itself is invoiced without it.', async () => {
  await shop.registered({
    pricesIncludeTax: false,
    abroad: { business: 'reverse_charge', private: 'standard' },
  })
  try {
    const institutionId = await sales.institution({ country: 'DE', taxNumber: 'DE123456789' })
    const courseId = await shop.sell(zar(100_00))
    const order = await sales.order({ institutionId, courseId, seats: 2 })
    assert.deepEqual([order.totalMinor, order.taxMinor], [200_00, 0])
    const document = await selectOptionalDocument(shop.school, order.invoiceId)
    assert.equal(document?.lines[0]?.category, 'reverse_charge')
  } finally {
    await shop.registered({ pricesIncludeTax: true, abroad: { business: 'standard', private: 'standard' } })
  }
})

test('Seats are priced to the minor unit of their currency.', async () => {
  await saveSettings(shop.kit.db, sales.officer, { currencies: ['ZAR', 'JPY', 'KWD'] })
  // Their tax is 15/115 of 13,993 yen and of 86.450 dinars.
  for (const [currency, amountMinor, tax] of [
    ['JPY', 1_999, 1_825],
    ['KWD', 12_350, 11_276],
  ] as const) {
    const order = await sales.ordered({ price: { amountMinor, currency }, seats: 7 })
    assert.deepEqual([order.totalMinor, order.taxMinor], [amountMinor * 7, tax])
  }
})

test('Who was shown another total orders nothing.', async () => {
  const institutionId = await sales.institution()
  const courseId = await shop.sell(zar(100_00))
  const wanted = { institutionId, courseId, seats: 2, total: zar(199_99) }
  assert.equal(await reasonOf(orderSeats(sales.tools, sales.officer, wanted)), 'price_changed')
})

test('A manager orders for their institution and for no other, and a stranger for none.', async () => {
  const [own, other] = [await sales.institution(), await sales.institution()]
  const courseId = await shop.sell(zar(100_00))
  const manager = await sales.managerOf(own)
  await sales.order({ institutionId: own, courseId }, manager)
  for (const [institutionId, by] of [
    [other, manager],
    [own, shop.caller()],
  ] as const)
    assert.equal(await reasonOf(sales.order({ institutionId, courseId }, by)), 'not_found')
})

test('Managers give away the seats of their own institution, and others do not see them.', async () => {
  const institutionId = await sales.institution()
  const courseId = await shop.sell(zar(100_00))
  const { poolId } = await sales.order({ institutionId, courseId })
  const manager = await sales.managerOf(institutionId)
  assert.equal((await requireKeeper(shop.kit.db, manager, poolId)).id, poolId)
  const other = await sales.managerOf(await sales.institution())
  for (const by of [other, shop.caller()])
    assert.equal(await reasonOf(requireKeeper(shop.kit.db, by, poolId)), 'not_found')
  await removeManager(shop.kit.db, sales.officer, { institutionId, userId: manager.actor.userId })
  assert.equal(await reasonOf(requireKeeper(shop.kit.db, manager, poolId)), 'not_found')
})

test('Who is made a manager, and none any more, is in the audit log by their id, and the institution by its name.', async () => {
  const institutionId = await sales.institution()
  const { userId } = (await sales.managerOf(institutionId)).actor
  await removeManager(shop.kit.db, sales.officer, { institutionId, userId })
  const entries = await shop.kit.db.infrastructure.rows<{ details: object }>(sql`
    select payload -> 'details' as details from outbox
    where name = 'audit.recorded' and payload -> 'subject' ->> 'id' = ${institutionId}
      and payload ->> 'action' like 'institution.manager%'`)
  const details = { name: company.name, userId }
  assert.deepEqual(entries, [{ details }, { details }])
})

test('The invoices of an institution are its managers’, and no one’s else.', async () => {
  const institutionId = await sales.institution()
  const courseId = await shop.sell(zar(100_00))
  const manager = await sales.managerOf(institutionId)
  const { invoiceId } = await sales.order({ institutionId, courseId }, manager)
  const found = await findInvoice(shop.school, invoiceId, manager.actor.userId)
  assert.equal(found.invoice.id, invoiceId)
  assert.equal(await reasonOf(findInvoice(shop.school, invoiceId, randomUUID())), 'not_found')
})

test('Nothing is ordered beyond what an institution may owe, and what is paid makes room.', async () => {
  const institutionId = await sales.institution({ creditLimits: [zar(2_000_00)] })
  const courseId = await shop.sell(zar(100_00))
  const first = await sales.order({ institutionId, courseId, seats: 15 })
  const quote = await quoteSeats(sales.tools, sales.officer, {
    ...{ institutionId, courseId, seats: 6, currency: 'ZAR' },
  })
  assert.deepEqual(quote.creditLeft, zar(500_00))
  assert.equal(await reasonOf(sales.order({ institutionId, courseId, seats: 6 })), 'credit_limit_reached')
  await pay(first, 100_00)
  await sales.order({ institutionId, courseId, seats: 6 })
})

test('Of two orders at once that only one of fits, the second is refused.', async () => {
  const institutionId = await sales.institution({ creditLimits: [zar(1_000_00)] })
  const courseId = await shop.sell(zar(100_00))
  const work = () => sales.order({ institutionId, courseId, seats: 6 })
  const [first, second] = await inTurn(shop.kit.db, heldInstitution(institutionId), work, work)
  assert.equal(first.status, 'fulfilled')
  assert.equal(second.status === 'rejected' && second.reason.data.reason, 'credit_limit_reached')
  const { open } = await readInstitution(shop.school, institutionId, false)
  assert.deepEqual(open, [zar(600_00)])
})

test('An order waits for a change of its institution, and goes by what that says.', async () => {
  const institutionId = await sales.institution()
  const courseId = await shop.sell(zar(100_00))
  const second = overlapped(
    shop.kit.db,
    shop.organizationId,
    async tx => {
      await lockOptionalInstitution(tx, institutionId)
      await tx.run(sql`
        update institutions set status = 'closed' where organization_id = ${tx.organizationId} and id = ${institutionId}`)
    },
    () => sales.order({ institutionId, courseId }),
  )
  assert.equal(await reasonOf(second), 'institution_closed')
})

test('Who is taken off the managers of an institution while they order, orders nothing.', async () => {
  const institutionId = await sales.institution()
  const courseId = await shop.sell(zar(100_00))
  const manager = await sales.managerOf(institutionId)
  const second = overlapped(
    shop.kit.db,
    shop.organizationId,
    async tx => {
      await lockOptionalInstitution(tx, institutionId)
      await deleteOptionalManager(tx, institutionId, manager.actor.userId)
    },
    () => sales.order({ institutionId, courseId }, manager),
  )
  assert.equal(await reasonOf(second), 'not_found')
})

test('While an invoice is late by more than 30 days nothing more is ordered.', async () => {
  const order = await sales.ordered()
  const { institutionId, courseId } = order
  const late = (days: number) =>
    shop.school.run(sql`
      update account_orders set due_on = ${day(-days)}
      where organization_id = ${shop.organizationId} and id = ${order.id}`)
  await late(29)
  await sales.order({ institutionId, courseId })
  await late(32)
  assert.equal(await reasonOf(sales.order({ institutionId, courseId })), 'institution_overdue')
  await pay(order, order.totalMinor)
  await sales.order({ institutionId, courseId })
})

test('An invoice is paid in parts, is due for what is open, and is told as paid with the last.', async () => {
  const order = await sales.ordered()
  const half = await pay(order, 575_00)
  assert.deepEqual(
    [half.paidMinor, (await selectOptionalInvoice(shop.school, order.invoiceId))?.dueMinor],
    [575_00, 575_00],
  )
  assert.equal((await told('invoice.paid', order.invoiceId)).length, 0)
  await pay(order, 575_00)
  const invoice = await selectOptionalInvoice(shop.school, order.invoiceId)
  assert.deepEqual([invoice?.paidOn, invoice?.dueMinor], [today, 0])
  assert.equal((await told('invoice.paid', order.invoiceId)).length, 1)
  const open = (await told('invoice.payment_recorded', order.invoiceId)).map(({ payload }) => payload.open)
  assert.deepEqual(open, [zar(575_00), zar(0)])
})

test('No more is recorded than is open, nor what comes tomorrow, nor the same twice.', async () => {
  const order = await sales.ordered()
  assert.equal(await reasonOf(pay(order, 1_150_01)), 'payment_too_large')
  assert.equal(await reasonOf(pay(order, 1_00, { paidOn: day(2) })), 'invalid_input')
  await pay(order, 1_00, { reference: 'FNB 1' })
  assert.equal(await reasonOf(pay(order, 1_00, { reference: 'FNB 1' })), 'payment_recorded_already')
  await pay(order, 1_149_00)
  assert.equal(await reasonOf(pay(order, 1)), 'invoice_closed')
})

test('Of two payments at once of all that is open one is refused.', async () => {
  const order = await sales.ordered()
  const held = sql`
    select from account_orders where organization_id = ${shop.organizationId} and id = ${order.id} for update`
  const work = () => reasonOf(pay(order, 1_150_00))
  assert.deepEqual(valuesOf(await inTurn(shop.kit.db, held, work, work)), ['done', 'invoice_closed'])
  assert.equal((await told('invoice.payment_recorded', order.invoiceId)).length, 1)
})

test('An order that is cancelled has a credit note for all of it, and nothing is open any more.', async () => {
  const order = await sales.ordered()
  const cancelled = await cancel(order.id)
  await cancel(order.id)
  assert.equal(cancelled.creditedMinor, order.totalMinor)
  assert.ok((await selectOptionalPool(shop.school, order.poolId))?.closedAt)
  const notes = await shop.school.rows<{ totalMinor: number; institutionId: string }>(sql`
    select total_minor, institution_id from invoices
    where organization_id = ${shop.organizationId} and invoice_id = ${order.invoiceId}`)
  assert.deepEqual(notes, [{ totalMinor: order.totalMinor, institutionId: order.institutionId }])
  assert.equal((await told('invoice.cancelled', order.invoiceId)).length, 1)
  assert.equal((await selectOptionalInvoice(shop.school, order.invoiceId))?.dueMinor, 0)
})

/** A code with which people take the seats of an order. */
async function codeOf({ poolId }: AccountOrder): Promise<string> {
  const { sealing } = shop.kit
  const pool = await shop.school.transaction(tx => sharePool(tx, sales.officer, { poolId, sealing }))
  return openCode(sealing, poolId, pool.codeSealed ?? '')
}

test('The seats of an order that is cancelled end, those that people have too.', async () => {
  const order = await sales.ordered()
  const holder = shop.caller()
  await redeemCode(shop.kit, holder, await codeOf(order))
  const { userId } = holder.actor
  const courseIds = [order.courseId]
  assert.equal((await selectOpenAmong(shop.school, userId, courseIds)).size, 1)
  await cancel(order.id)
  assert.equal((await selectOpenAmong(shop.school, userId, courseIds)).size, 0)
})

test('A seat that is taken while its order is cancelled ends with it, or is not taken any more.', async () => {
  for (const first of ['take', 'cancel'] as const) {
    const order = await sales.ordered()
    const holder = shop.caller()
    const code = await codeOf(order)
    const work: Record<'take' | 'cancel', () => Promise<unknown>> = {
      take: () => redeemCode(shop.kit, holder, code),
      cancel: () => cancel(order.id),
    }
    const second = first === 'take' ? 'cancel' : 'take'
    const pool = sql`
      select from seat_pools where organization_id = ${shop.organizationId} and id = ${order.poolId} for update`
    const ended = await inTurn(shop.kit.db, pool, work[first], work[second])
    assert.deepEqual(
      ended.map(({ status }) => status),
      ['fulfilled', first === 'take' ? 'fulfilled' : 'rejected'],
    )
    assert.equal((await selectOpenAmong(shop.school, holder.actor.userId, [order.courseId])).size, 0)
  }
})

test('What was paid in part is not cancelled, and what was cancelled is not paid.', async () => {
  const [paid, other] = [await sales.ordered(), await sales.ordered()]
  await pay(paid, 1_00)
  assert.equal(await reasonOf(cancel(paid.id)), 'invoice_paid_in_part')
  await cancel(other.id)
  assert.equal(await reasonOf(pay(other, 1_00)), 'invoice_closed')
})

test('Of a payment and a cancellation at once the second finds what the first has done, in both orders.', async () => {
  for (const first of ['pay', 'cancel'] as const) {
    const order = await sales.ordered()
    const second = overlapped(
      shop.kit.db,
      shop.organizationId,
      async tx => {
        await lockOptionalAccountOrder(tx, { orderId: order.id })
        await tx.run(
          first === 'pay'
            ? sql`update account_orders set paid_minor = 1 where organization_id = ${tx.organizationId} and id = ${order.id}`
            : sql`update account_orders set credited_minor = total_minor, cancelled_at = now()
                where organization_id = ${tx.organizationId} and id = ${order.id}`,
        )
      },
      () => (first === 'pay' ? cancel(order.id) : pay(order, 1)),
    )
    assert.equal(await reasonOf(second), first === 'pay' ? 'invoice_paid_in_part' : 'invoice_closed')
  }
})

test('Of two who change an institution at once one is told that it has changed.', async () => {
  const institutionId = await sales.institution()
  const save = (name: string) => () =>
    reasonOf(saveInstitution(shop.kit.db, sales.officer, { ...company, name, institutionId, version: 1 }))
  const both = await inTurn(shop.kit.db, heldInstitution(institutionId), save('One'), save('Two'))
  assert.deepEqual(valuesOf(both), ['done', 'conflict'])
})

test('What is known of an institution changes, and its invoices stay as they went out.', async () => {
  const order = await sales.ordered()
  const { institutionId } = order
  const changed = { ...company, legalName: 'Vaal Foods (Pty) Ltd', institutionId, version: 1 }
  await saveInstitution(shop.kit.db, sales.officer, changed)
  const document = await selectOptionalDocument(shop.school, order.invoiceId)
  assert.equal(document?.buyer.name, company.legalName)
  const again = await selectOptionalAccountOrder(shop.school, order.id)
  assert.deepEqual(again, order)
})
