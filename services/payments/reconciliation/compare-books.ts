import type { AzoraClient } from '@azora/contracts/client.ts'
import { type Comparison, tell } from './compare.ts'
import { type KnownPayment, type Reconciliation, selectPaymentsBetween } from './reconciliations.store.ts'

/** As many as the ledger is asked about at once. */
const pageSize = 500

/** A charge is listed by when it was made, a payment by what the processor said of that: at the edges they may differ. */
const edgeMs = 60 * 60_000

/** How long the ledger may be behind: it hears of payments by events. */
const behindMs = 15 * 60_000

/** What is written down, against what the processor has listed and what the ledger has booked. */
export async function comparePayments(
  run: Comparison,
  mint: Pick<AzoraClient['mint'], 'findProcessorCash'>,
  { fromAt, untilAt, sandbox }: Reconciliation,
): Promise<void> {
  const [from, until] = [Date.parse(fromAt), Date.parse(untilAt)]
  let after: string | null = null
  for (;;) {
    const page: KnownPayment[] = await selectPaymentsBetween(
      run.db,
      { from: fromAt, until: untilAt, sandbox },
      after,
      pageSize,
    )
    for (const payment of page) {
      const at = Date.parse(payment.processedAt)
      if (run.charged.has(payment.id) || at < from + edgeMs || at > until - edgeMs) continue
      await tell(run, { kind: 'missing_at_processor', ...about(payment), foundMinor: payment.amountMinor })
    }
    const old = page.filter(({ processedAt }) => Date.parse(processedAt) < until - behindMs)
    await compareLedger(run, mint, old)
    const last = page.at(-1)
    if (!last || page.length < pageSize) return
    after = last.id
  }
}

const about = (
  { orderId, subscriptionId, intentId, processedAt, currency }: KnownPayment,
  expectedMinor = 0,
) => ({
  orderId,
  subscriptionId,
  reference: intentId,
  aboutAt: processedAt,
  expected: { amountMinor: expectedMinor, currency },
})

/** What came less what left again is what the ledger has of a payment as cash at the processor. */
async function compareLedger(
  run: Comparison,
  mint: Pick<AzoraClient['mint'], 'findProcessorCash'>,
  payments: readonly KnownPayment[],
): Promise<void> {
  if (payments.length === 0) return
  const { organizationId } = run
  const { items } = await mint.findProcessorCash({
    organizationId,
    paymentIds: payments.map(({ id }) => id),
  })
  const booked = new Map(items.map(({ paymentId, amountMinor }) => [paymentId, amountMinor]))
  for (const payment of payments) {
    const expected = payment.amountMinor - payment.goneMinor
    const foundMinor = booked.get(payment.id) ?? 0
    if (foundMinor !== expected)
      await tell(run, { kind: 'ledger_differs', ...about(payment, expected), foundMinor })
  }
}
