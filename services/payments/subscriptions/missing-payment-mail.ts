import { addDays } from '@azora/billing/calendar/day.ts'
import { usualSchedule } from '@azora/billing/dunning/schedule.ts'
import { formatMoney } from '@azora/contracts/money.ts'
import { composeEmail } from '@azora/kit/compose-email.ts'
import type { Task } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOptionalSchoolName } from '../schools/schools.store.ts'
import { taxSettingsOf } from '../tax/tax-settings.ts'
import { selectOptionalBill } from './bills.store.ts'
import type { missingPaymentMailTask } from './mail-task.ts'
import { selectOptionalSubscription } from './subscriptions.store.ts'

type Mail = typeof missingPaymentMailTask extends Task<infer Payload> ? Payload : never

/** What is said about each next step; `until` and `on` are days in words. */
const said: Record<Mail['about'], { subject: string; text: (on: string, until: string) => string }> = {
  retry: {
    subject: 'Your payment did not go through',
    text: (on, until) =>
      `We will try the same card again on ${on}. You do not need to do anything, but you can pay now or use another card. Your courses stay open until ${until}.`,
  },
  wait_for_card: {
    subject: 'Please use another card',
    text: (_, until) =>
      `This card cannot be charged again, so we will not try it. Please leave another card, or pay now. Your courses stay open until ${until}.`,
  },
  wait_for_customer: {
    subject: 'Please confirm your payment',
    text: (_, until) =>
      `Your bank asks you to confirm this payment yourself. It takes a minute on the payment page. Your courses stay open until ${until}.`,
  },
  wait: {
    subject: 'Your payment is still missing',
    text: (_, until) => `We will not try the card again. Please pay, or use another card, by ${until}.`,
  },
  finish: {
    subject: 'Your subscription has ended',
    text: () =>
      'The payment did not come in time, so your subscription has ended and its courses are closed. What you have done is kept, and you can subscribe again.',
  },
}

/** Tell what is missing and what happens next. Who has paid or gone meanwhile gets no email. */
export async function sendMissingPaymentMail(
  { db, mail, publicUrl }: Pick<ServiceKit, 'db' | 'mail' | 'publicUrl'>,
  { organizationId, subscriptionId, billId, about }: Mail,
): Promise<void> {
  const school = db.in(organizationId)
  const stored = await selectOptionalSubscription(school, subscriptionId)
  const bill = await selectOptionalBill(school, billId)
  if (!stored?.ownerId || bill?.status !== 'open') return
  const { settings } = await taxSettingsOf(school)
  const dayText = (day: string) =>
    new Intl.DateTimeFormat(settings.locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day))
  const graceFrom = bill.failures[0]?.on ?? bill.openedOn
  const { subject, text } = said[about]
  const schoolName = (await selectOptionalSchoolName(school)) ?? settings.entity.name
  const plan = bill.pricing.descriptions[0] ?? ''
  const amount = formatMoney({ amountMinor: bill.dueMinor, currency: bill.currency }, settings.locale)
  await mail.send(
    composeEmail({
      to: stored.ownerEmail,
      subject,
      name: stored.ownerName,
      parts: [
        `A payment of ${amount} for “${plan}” is missing.`,
        text(dayText(bill.nextTryOn ?? bill.openedOn), dayText(addDays(graceFrom, usualSchedule.graceDays))),
        { link: `${publicUrl}/account/subscription`, label: 'Show my subscription' },
      ],
      schoolName,
      publicUrl,
    }),
  )
}
