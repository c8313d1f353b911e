import { allSteps, eachAlone } from '@azora/kit/each-alone.ts'
import { AppError } from '@azora/kit/errors.ts'
import { defineTask, runs } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOldOpenSetups } from '../cards/card-setups.store.ts'
import { forgetCustomer, forgetCustomerTask } from '../cards/forget-customer.ts'
import { settleCardSetup } from '../cards/settle-card-setup.ts'
import { selectChargesToRefund } from '../charges/charge-refunds.store.ts'
import { settlePaidCharge } from '../charges/settle-paid-charge.ts'
import { settlePaidChargeTask } from '../charges/settle-task.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { chargeBill } from './charge-bill.ts'
import { chargeBillTask, settleCardSetupTask, settleChargeTask } from './charge-task.ts'
import { selectOldOpenCharges } from './charges.store.ts'
import { missingPaymentMailTask } from './mail-task.ts'
import { sendMissingPaymentMail } from './missing-payment-mail.ts'
import { chargeDueBills, renewSubscriptions } from './renew-subscriptions.ts'
import { settleCharge } from './settle-charge.ts'

const renewTask = defineTask('payments.renew_subscriptions', { cron: '*/10 * * * *' })
const chargeDueTask = defineTask('payments.charge_due_bills', { cron: '5,15,25,35,45,55 * * * *' })
const settleOldTask = defineTask('payments.settle_old_charges', { cron: '* * * * *' })

/** An event of something that this installation does not have, such as one from before it was restored. */
async function ifThere(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (failure) {
    if (!(failure instanceof AppError && failure.code === 'not_found')) throw failure
  }
}

/** What a webhook that never came would have told. */
async function settleOldCharges(tools: OrderTools): Promise<void> {
  const charges = await selectOldOpenCharges(tools.db.across)
  const setups = await selectOldOpenSetups(tools.db.across)
  const refunding = await selectChargesToRefund(tools.db.across)
  await allSteps([
    () =>
      eachAlone(
        charges,
        ({ organizationId, chargeId }) => settleCharge(tools, organizationId, chargeId),
        'charges were not looked at',
      ),
    () =>
      eachAlone(
        setups,
        ({ organizationId, setupId }) => settleCardSetup(tools, organizationId, setupId),
        'cards were not looked at',
      ),
    () =>
      eachAlone(
        refunding,
        ({ organizationId, chargeId }) => settlePaidCharge(tools, organizationId, chargeId),
        'refunds are open',
      ),
  ])
}

export const subscriptionJobs = (tools: OrderTools, kit: Pick<ServiceKit, 'db' | 'mail' | 'publicUrl'>) => [
  runs(renewTask, () => renewSubscriptions(tools)),
  runs(chargeDueTask, () => chargeDueBills(tools)),
  runs(chargeBillTask, job => chargeBill(tools, job)),
  runs(settleChargeTask, ({ organizationId, chargeId }) =>
    ifThere(settleCharge(tools, organizationId, chargeId)),
  ),
  runs(settlePaidChargeTask, ({ organizationId, chargeId }) =>
    settlePaidCharge(tools, organizationId, chargeId),
  ),
  runs(settleCardSetupTask, ({ organizationId, setupId }) =>
    ifThere(settleCardSetup(tools, organizationId, setupId)),
  ),
  runs(settleOldTask, () => settleOldCharges(tools)),
  runs(missingPaymentMailTask, mail => sendMissingPaymentMail(kit, mail)),
  runs(forgetCustomerTask, job => forgetCustomer(tools, job)),
]
