import type { OutputOf } from '@azora/web/calls/operations.ts'

/** An order as those see it who keep the school's books. */
export type SchoolOrder = OutputOf<'payments.listSchoolOrders'>['items'][number]
