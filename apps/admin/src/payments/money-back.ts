import type { OutputOf } from '@azora/web/calls/operations.ts'

/** A buyer's wish to have their money back, as those see it who answer it. */
export type RefundRequest = OutputOf<'payments.listRefundRequests'>['items'][number]

/** A payment that a bank has taken back, or asks about. */
export type Dispute = OutputOf<'payments.listDisputes'>['items'][number]
