import { defineTask, runs } from '@azora/kit/jobs.ts'
import { personalDataPart } from '@azora/kit/personal-data.ts'
import { anonymousContext } from '@azora/kit/request-context.ts'
import type { ServiceDefinition } from '@azora/kit/service.ts'
import { findOverdue } from './account-orders/find-overdue.ts'
import { findOverdueTask, reminderTask } from './account-orders/overdue-task.ts'
import { sendReminder } from './account-orders/reminder-mail.ts'
import { sendGiftMail } from './gifts/gift-mail.ts'
import { giftMailTask } from './gifts/gift-mail-task.ts'
import { mailDocument } from './invoices/mail-document.ts'
import { mailDocumentTask } from './invoices/mail-task.ts'
import { paymentsPersonalData } from './privacy/personal-data.ts'
import { reactions } from './reactions.ts'
import { reconcile, reconcileAll, reconcileAllTask, reconcileTask } from './reconciliation/reconcile.ts'
import { fileRoutes, routes } from './routes.ts'
import { sendSeatInvitation } from './seats/seat-mail.ts'
import { seatMailTask } from './seats/seat-mail-task.ts'
import { forgetOldEvents, settle, settleOld } from './stripe/settle-job.ts'
import { settlePayment } from './stripe/settle-payment.ts'
import { settleOldTask, settleOrderTask, settlePaymentTask } from './stripe/settle-task.ts'
import { openStripeDoor } from './stripe/stripe-door.ts'
import { subscriptionJobs } from './subscriptions/subscription-jobs.ts'
import { releaseForgotten, releaseForgottenTask } from './wallet/release-hold.ts'

const forgetEventsTask = defineTask('payments.forget_events', { cron: '41 3 * * *', priority: 'late' })

/** What things cost, who bought what, and everything that is said to Stripe. */
export const payments: ServiceDefinition = {
  name: 'payments',
  migrations: new URL('./migrations/', import.meta.url),
  hears: [
    'course.saved',
    'course.deleted',
    'organization.created',
    'organization.changed',
    'user.changed',
    'user.export_requested',
    'user.deleted',
  ],
  wire(kit) {
    const personalData = personalDataPart(kit, paymentsPersonalData)
    const tools = {
      db: kit.db,
      limiter: kit.limiter,
      sealing: kit.sealing,
      others: kit.others,
      stripe: openStripeDoor(kit),
      publicUrl: kit.publicUrl,
      onPaid: () => kit.metrics.business.inc({ event: 'paid' }),
    }
    const { mint } = kit.others(anonymousContext)
    return {
      handlers: routes(tools),
      fileHandlers: fileRoutes(tools),
      reactions: { ...reactions, ...personalData.reactions },
      jobs: [
        runs(settleOrderTask, job => settle(tools, job)),
        runs(settlePaymentTask, ({ organizationId, orderId }) =>
          settlePayment(tools, organizationId, orderId),
        ),
        runs(settleOldTask, () => settleOld(tools)),
        runs(releaseForgottenTask, () => releaseForgotten(kit.db)),
        runs(mailDocumentTask, job =>
          mailDocument({ ...kit, others: () => kit.others(anonymousContext) }, job),
        ),
        runs(giftMailTask, mail => sendGiftMail(kit, mail)),
        runs(seatMailTask, mail => sendSeatInvitation(kit, mail)),
        runs(findOverdueTask, () => findOverdue(kit.db)),
        runs(reminderTask, job => sendReminder(kit, job)),
        runs(reconcileTask, (job, run) => reconcile({ ...tools, mint }, job, run)),
        runs(reconcileAllTask, () => reconcileAll(tools)),
        runs(forgetEventsTask, () => forgetOldEvents(tools)),
        ...subscriptionJobs(tools, kit),
        ...personalData.jobs,
      ],
    }
  },
}
