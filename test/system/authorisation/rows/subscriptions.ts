import { randomUUID } from 'node:crypto'
import { admins, members, membersAs, nothing, type Row } from '../callers.ts'

const refused = [401, 403, 403, 403, 403, 403, 403, 403, 403]
const unknownCard = () => ({ cardId: randomUUID() })
const price = { amountMinor: 10_000, currency: 'ZAR' }
const nothingDue = { amountMinor: 0, currency: 'ZAR' }

/** Nobody has a subscription or a card here, and no school a plan. */
export const subscriptionRows: Record<string, Row> = {
  'payments.listPlans': { expect: members, input: nothing },
  'payments.listSchoolPlans': { expect: admins(), auditor: 200, finance: 200, input: nothing },
  // The school does not have this course.
  'payments.createPlan': {
    expect: refused,
    finance: 400,
    input: () => ({
      name: 'All rivers',
      interval: { unit: 'month', count: 1 },
      prices: [price],
      courseIds: [randomUUID()],
    }),
  },
  'payments.savePlan': {
    expect: refused,
    finance: 404,
    input: () => ({
      planId: randomUUID(),
      version: 1,
      name: 'All rivers',
      interval: { unit: 'month', count: 1 },
      prices: [price],
      courseIds: [randomUUID()],
    }),
  },
  'payments.setPlanStatus': {
    expect: refused,
    finance: 404,
    input: () => ({ planId: randomUUID(), status: 'offered' }),
  },
  'payments.listCards': { expect: members, input: nothing },
  'payments.addCard': { expect: membersAs(201), input: nothing },
  'payments.checkCardSetup': { expect: membersAs(404), input: () => ({ setupId: randomUUID() }) },
  'payments.setDefaultCard': { expect: membersAs(404), input: unknownCard },
  'payments.removeCard': { expect: membersAs(404), input: unknownCard },
  'payments.startSubscription': {
    expect: membersAs(404),
    input: () => ({ planId: randomUUID(), version: 1, price }),
  },
  'payments.getSubscription': { expect: members, input: nothing },
  'payments.checkSubscription': { expect: members, input: nothing },
  'payments.getSubscriptionPreview': { expect: membersAs(404), input: () => ({ action: 'keep' }) },
  'payments.changeSubscription': {
    expect: membersAs(404),
    input: () => ({
      action: 'keep',
      quote: { revision: 1, on: '2027-01-01', due: nothingDue, credited: nothingDue },
    }),
  },
  'payments.paySubscription': { expect: membersAs(404), input: nothing },
  'payments.listSchoolSubscriptions': { expect: admins(), auditor: 200, finance: 200, input: nothing },
}
