import { leaveProcess } from '@azora/kit/context.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Stripe } from 'stripe'
import { v7 as uuidv7 } from 'uuid'
import { selectDisputesOfCharge } from '../disputes/disputes.store.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { endOf, reasonOf, refundsAndDisputes } from '../stripe/afterwards.ts'
import { fromStripe } from '../stripe/stripe-amounts.ts'
import { updateAsked } from '../subscriptions/charges.store.ts'
import { settleCharge } from '../subscriptions/settle-charge.ts'
import {
  type ChargeRefund,
  reserveChargeRefund,
  selectChargeRefunds,
  selectOptionalChargeRefund,
} from './charge-refunds.store.ts'
import { selectOptionalPaidCharge } from './paid-charges.store.ts'
import { pursueChargeRefund } from './pursue-charge-refund.ts'
import { takeChargeDispute } from './take-charge-dispute.ts'
import { holdCharge, takeChargeRefund } from './take-charge-refund.ts'

/**
 * Ask Stripe what has become of a paid charge of a subscription: refunds and disputes, as `settlePayment` does of an order.
 * One that is not written down as paid yet is settled first; refunds that wait here are asked for.
 */
export async function settlePaidCharge(
  tools: OrderTools,
  organizationId: string,
  chargeId: string,
): Promise<void> {
  const school = tools.db.in(organizationId)
  if (!(await selectOptionalPaidCharge(school, chargeId)))
    await settleCharge(tools, organizationId, chargeId).catch(failure => {
      // An event of a charge that this installation does not have, such as one from before it was restored.
      if (!(failure instanceof AppError && failure.code === 'not_found')) throw failure
    })
  const charge = await selectOptionalPaidCharge(school, chargeId)
  // The sandbox knows nothing of Stripe's payments, nor Stripe of the sandbox's.
  if (!charge || charge.sandbox !== tools.stripe.sandbox) return
  await updateAsked(school, chargeId)
  for (const { id, status } of await selectChargeRefunds(school, chargeId))
    if (status === 'pending') await pursueChargeRefund(tools, organizationId, id)
  await leaveProcess('Asking what became of a payment')
  const { refunds, disputes } = await refundsAndDisputes(await tools.stripe.open(), charge.intentId)
  if (refunds.length === 0 && disputes.length === 0) return
  await school.transaction(async tx => {
    await holdCharge(tx, chargeId)
    for (const told of refunds) await takeFound(tx, chargeId, told)
    for (const told of disputes) {
      const known = await selectDisputesOfCharge(tx, chargeId)
      await takeChargeDispute(tx, { charge: await holdCharge(tx, chargeId), known }, told)
    }
  })
}

async function takeFound(tx: Transaction, chargeId: string, told: Stripe.Refund): Promise<void> {
  const known = await selectChargeRefunds(tx, chargeId)
  const ours = known.find(one => one.stripeRefundId === told.id || one.id === told.metadata?.azora_refund)
  const ended = endOf(told)
  if (!ours && ended === 'failed') return
  const refund = ours ?? (await insertFound(tx, chargeId, told))
  // Set aside by refunds that are on their way and that Stripe will refuse; found again when those have ended.
  if (!refund || ended === null) return
  await takeChargeRefund(tx, refund, { status: ended, stripeRefundId: told.id })
}

/** A refund that nobody here asked for. @returns null where less than that is left. */
async function insertFound(
  tx: Transaction,
  chargeId: string,
  told: Stripe.Refund,
): Promise<ChargeRefund | null> {
  const id = uuidv7()
  const { amountMinor } = fromStripe(told.amount, told.currency)
  const made = { id, chargeId, amountMinor, reason: reasonOf(told), note: '', requestedBy: null }
  if (!(await reserveChargeRefund(tx, { ...made, stripeRefundId: told.id }))) return null
  return selectOptionalChargeRefund(tx, id)
}
