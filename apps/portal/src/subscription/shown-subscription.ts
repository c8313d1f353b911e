import type { OutputOf } from '../lib/api.browser.ts'

/** A subscription as its owner sees it, and the plans that they may take. */
export type Subscription = NonNullable<OutputOf<'payments.getSubscription'>['subscription']>
export type Plan = OutputOf<'payments.listPlans'>['items'][number]

/** What its owner can do with it. */
export type Action = 'change_plan' | 'pause' | 'resume' | 'cancel' | 'keep'
