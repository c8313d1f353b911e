import { z } from 'zod'
import { operation } from '../operation.ts'
import { growing, id, line } from '../wire.ts'
import { positivePrice } from '../wire-money.ts'
import { tags } from './shapes.ts'

/** How often something is paid: each month, every two weeks. */
export const interval = z.object({
  unit: z.enum(['day', 'week', 'month', 'quarter', 'year']),
  count: z.number().int().min(1).max(60),
})

const plan = z.object({
  id,
  /** Counts what was changed in it: who subscribes keeps the version that they agreed to. */
  version: z.number().int(),
  name: z.string(),
  description: z.string(),
  interval,
  /** What a whole interval costs, once in each currency. */
  prices: z.array(positivePrice),
  /** How many days are free at first; 0 for none. */
  trialDays: z.number().int(),
  /** What it opens. */
  courses: z.array(z.object({ courseId: id, title: z.string() })),
})

/** `draft`: nobody sees it. `offered`: people subscribe to it. `retired`: who has it keeps it, nobody else gets it. */
const planStatus = z.enum(['draft', 'offered', 'retired']).meta(growing)

const schoolPlan = plan.extend({ status: planStatus, subscribers: z.number().int() })

const terms = {
  name: line(100),
  description: z.string().trim().max(2000).default(''),
  interval,
  prices: z.array(positivePrice).min(1).max(20),
  trialDays: z.number().int().min(0).max(365).default(0),
  courseIds: z.array(id).min(1).max(200),
}

/** What people subscribe to. */
export const planOperations = {
  listPlans: operation({
    method: 'GET',
    path: '/payments/plans',
    access: 'member',
    tags,
    summary: 'The plans that you can subscribe to.',
  })
    .input(z.object({ courseId: id.optional().meta({ description: 'Only those that open this course.' }) }))
    .output(z.object({ items: z.array(plan) })),
  listSchoolPlans: operation({
    method: 'GET',
    path: '/payments/school-plans',
    access: 'payments.read',
    tags,
    summary: 'All plans of the school, the newest first.',
  }).output(z.object({ items: z.array(schoolPlan) })),
  createPlan: operation({
    method: 'POST',
    path: '/payments/plans',
    access: 'office:finance',
    interactive: true,
    tags,
    successStatus: 201,
    summary: 'Make a plan, as a draft.',
  })
    .input(z.object(terms))
    .output(schoolPlan),
  savePlan: operation({
    method: 'PUT',
    path: '/payments/plans/{planId}',
    access: 'office:finance',
    interactive: true,
    tags,
    summary: 'Set what a plan is from now on, as a new version.',
    description:
      'Who has subscribed keeps the version that they agreed to. Refused as `conflict` where another person has saved since `version`.',
  })
    .input(z.object({ planId: id, version: z.number().int().min(1), ...terms }))
    .output(schoolPlan),
  setPlanStatus: operation({
    method: 'PUT',
    path: '/payments/plans/{planId}/status',
    access: 'office:finance',
    interactive: true,
    tags,
    summary: 'Offer a plan, or stop offering it.',
  })
    .input(z.object({ planId: id, status: z.enum(['offered', 'retired']) }))
    .output(schoolPlan),
}
