import type { Day } from '@azora/billing/calendar/day.ts'
import type { LineInput } from '@azora/billing/invoices/invoice.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { v7 as uuidv7 } from 'uuid'
import { buyerOf } from '../buyers/buyer.ts'
import { issueInvoice, markInvoicePaid } from '../invoices/issue-invoice.ts'
import { selectOptionalPlan } from '../plans/plans.store.ts'
import { stepOf } from '../stripe/stripe-amounts.ts'
import { taxSettingsOf } from '../tax/tax-settings.ts'
import { priceLines, taxTermsOf } from '../tax/tax-terms.ts'
import { asBilled } from './as-billed.ts'
import {
  type Bill,
  type BillPricing,
  insertBill,
  selectCarried,
  selectInvoicesCarriedInto,
  selectOptionalBill,
  updateBillPaid,
  updateCarriedInto,
  updateInvoiced,
  updateLeftToNext,
  updateTries,
} from './bills.store.ts'
import { askToCharge } from './charge-task.ts'
import { insertCredit, insertCreditUses, lockCredits, selectCredits } from './credits.store.ts'
import type { Stored } from './subscriptions.store.ts'
import { tellPaid } from './tell.ts'
import { planOfTerms } from './terms-of-plan.ts'

/** What some lines come to for the owner of a subscription, with tax, and with what they have to their credit. */
export async function priceBill(
  db: Queryable,
  { id, ownerId, ownerName, currency, sandbox, state }: Stored,
  lines: readonly LineInput[],
  day: Day,
): Promise<BillPricing> {
  const buyer = ownerId
    ? await buyerOf(db, { id: ownerId, name: ownerName })
    : { id: null, name: ownerName, address: [], country: null, taxNumber: null }
  const terms = await taxTermsOf(db, buyer)
  const credits = ownerId ? await selectCredits(db, { ownerId, sandbox }, currency) : []
  const taxed = await asBilled(db, id, lines)
  const priced = priceLines(terms, { currency, day, lines: taxed, credits })
  const { planId, version } = planOfTerms(state.terms)
  const plan = await selectOptionalPlan(db, planId, version)
  return { buyer, taxVersion: terms.version, priced, descriptions: lines.map(() => plan?.name ?? '') }
}

/**
 * Bill some lines. Where nothing is left to pay, it is paid at once; otherwise the card is asked for it. The first bill
 * waits for its owner, and its invoice with it: nobody is invoiced for what they look at and leave.
 */
export async function openBill(
  tx: Transaction,
  stored: Stored,
  lines: readonly LineInput[],
  { day, now, first = false }: { day: Day; now: Date; first?: boolean },
): Promise<Bill> {
  const { ownerId, currency, sandbox } = stored
  if (ownerId) await lockCredits(tx, ownerId)
  const pricing = await priceBill(tx, stored, lines, day)
  const { priced } = pricing
  const id = uuidv7()
  const due = priced.due.amountMinor + (await selectCarried(tx, stored.id))
  // What is no multiple of the step in which its currency is charged is paid with the next bill.
  const carriedMinor = due % stepOf(currency)
  const dueMinor = due - carriedMinor
  await insertBill(tx, {
    id,
    subscriptionId: stored.id,
    first,
    currency,
    totalMinor: priced.total.amountMinor,
    dueMinor,
    carriedMinor,
    pricing,
    openedOn: day,
  })
  await updateCarriedInto(tx, stored.id, id)
  if (priced.credits.length > 0) await insertCreditUses(tx, id, priced.credits)
  if (ownerId && priced.toCredit.amountMinor > 0)
    await insertCredit(tx, {
      ownerId,
      sandbox,
      currency,
      amountMinor: priced.toCredit.amountMinor,
      billId: id,
    })
  if (dueMinor === 0)
    await markBillPaid(tx, stored, await requireBill(tx, id), { day, paidAt: now.toISOString(), fee: null })
  else if (!first) {
    await invoiceBill(tx, stored, await requireBill(tx, id), day, null)
    await updateTries(tx, id, { failures: [], nextTryOn: day })
    await askToCharge(tx, { billId: id })
  }
  return requireBill(tx, id)
}

/** Write down that a bill was paid: its invoice with it, made now where it is the first. */
export async function markBillPaid(
  tx: Transaction,
  stored: Stored,
  bill: Bill,
  { day, paidAt, fee }: { day: Day; paidAt: string; fee: number | null },
): Promise<void> {
  const paid = bill.dueMinor > 0 ? ({ method: 'card', on: day } as const) : null
  const invoiceId = bill.invoiceId ?? (await invoiceBill(tx, stored, bill, day, paid))
  if (bill.invoiceId && paid) await markInvoicePaid(tx, bill.invoiceId, paid)
  if (paid)
    for (const carried of await selectInvoicesCarriedInto(tx, bill.id))
      await markInvoicePaid(tx, carried, paid)
  await updateBillPaid(tx, bill.id, paidAt)
  await tellPaid(tx, stored, bill, { invoiceId, paidAt, fee })
}

/**
 * What the processor does not take alone, since it is too little, is paid with the next bill: this one is settled without
 * it, and its invoice when that one is paid. The caller holds the subscription.
 */
export async function leaveToNext(
  tx: Transaction,
  stored: Stored,
  bill: Bill,
  clock: { day: Day; now: Date },
): Promise<void> {
  await updateLeftToNext(tx, bill.id)
  const { day, now } = clock
  await markBillPaid(tx, stored, await requireBill(tx, bill.id), {
    day,
    paidAt: now.toISOString(),
    fee: null,
  })
}

async function invoiceBill(
  tx: Transaction,
  { id, sandbox }: Stored,
  { id: billId, pricing }: Bill,
  day: Day,
  paid: { method: 'card'; on: Day } | null,
): Promise<string> {
  const { buyer, priced, descriptions, taxVersion } = pricing
  const invoice = await issueInvoice(tx, {
    about: { type: 'subscription', id, key: billId },
    buyer,
    terms: await taxSettingsOf(tx, taxVersion),
    priced,
    descriptions,
    dueOn: day,
    paid,
    sandbox,
  })
  await updateInvoiced(tx, billId, invoice.id)
  return invoice.id
}

async function requireBill(tx: Transaction, billId: string): Promise<Bill> {
  const bill = await selectOptionalBill(tx, billId)
  if (!bill) throw new Error('A bill vanished.')
  return bill
}
