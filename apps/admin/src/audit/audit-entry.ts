import type { OutputOf } from '@azora/web/calls/operations.ts'

/** An entry of the audit log as the API answers it. */
export type Entry = OutputOf<'auth.listAudit'>['items'][number]
