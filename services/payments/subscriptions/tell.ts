import type { Status } from '@azora/billing/subscriptions/subscription.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { Bill } from './bills.store.ts'
import type { Stored } from './subscriptions.store.ts'
import { planOfTerms } from './terms-of-plan.ts'

type Told =
  | 'subscription.created'
  | 'subscription.changed'
  | 'subscription.paused'
  | 'subscription.resumed'
  | 'subscription.past_due'
  | 'subscription.cancelled'

/** What others are told of a change; null where it concerns nobody yet. */
function nameOf(was: Status, is: Status): Told | null {
  if (is === 'incomplete' || is === 'expired') return null
  if (was === 'incomplete') return 'subscription.created'
  if (is === 'cancelled') return 'subscription.cancelled'
  if (is === 'past_due' && was !== 'past_due') return 'subscription.past_due'
  if (is === 'paused' && was !== 'paused') return 'subscription.paused'
  if (was === 'paused') return 'subscription.resumed'
  return 'subscription.changed'
}

export async function tellChange(tx: Transaction, was: Stored, is: Stored): Promise<void> {
  const name = nameOf(was.state.status, is.state.status)
  if (!name) return
  const { state } = is
  const { planId, version } = planOfTerms(state.terms)
  await publish(tx, 'payments', name, {
    subscriptionId: is.id,
    organizationId: tx.organizationId,
    userId: is.ownerId,
    status: state.status,
    planId,
    planVersion: version,
    price: state.terms.price,
    period: state.period,
    cancelsOn: state.cancelsAtPeriodEnd ? state.period.until : null,
    resumesOn: state.resumesOn,
    endedOn: state.endedOn,
    sandbox: is.sandbox,
  })
}

/** What has come for a bill, and for which days of service it is. */
export async function tellPaid(
  tx: Transaction,
  { id, ownerId, sandbox }: Stored,
  { id: billId, currency, dueMinor, pricing: { priced } }: Bill,
  { invoiceId, paidAt, fee }: { invoiceId: string; paidAt: string; fee: number | null },
): Promise<void> {
  const money = (amountMinor: number) => ({ amountMinor, currency })
  await publish(tx, 'payments', 'subscription.invoice_paid', {
    billId,
    invoiceId,
    subscriptionId: id,
    organizationId: tx.organizationId,
    userId: ownerId,
    total: priced.total,
    tax: priced.tax,
    paid: money(dueMinor),
    creditUsed: money(priced.credits.reduce((sum, { amount }) => sum + amount.amountMinor, 0)),
    credited: priced.toCredit,
    ...(dueMinor === priced.due.amountMinor ? {} : { carried: money(priced.due.amountMinor - dueMinor) }),
    fee: fee === null ? null : money(fee),
    services: priced.lines.map(({ net, because }) => ({
      net,
      from: 'from' in because ? because.from : paidAt.slice(0, 10),
      until: 'until' in because ? because.until : paidAt.slice(0, 10),
    })),
    sandbox,
    processedAt: paidAt,
  })
}
