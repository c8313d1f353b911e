import type { OutputOf } from '@azora/web/calls/operations.ts'

export type Institution = OutputOf<'payments.getInstitution'>
export type AccountOrder = OutputOf<'payments.listAccountOrders'>['items'][number]
