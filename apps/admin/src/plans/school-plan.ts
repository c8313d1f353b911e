import type { OutputOf } from '@azora/web/calls/operations.ts'

/** A plan as those see it who keep the school's books. */
export type SchoolPlan = OutputOf<'payments.listSchoolPlans'>['items'][number]
