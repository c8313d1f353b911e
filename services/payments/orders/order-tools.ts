import type { Database } from '@azora/kit/db.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import type { StripeDoor } from '../stripe/stripe-door.ts'

/** What those who deal with orders stand on. */
export type OrderTools = {
  db: Database
  stripe: StripeDoor
  /** Where browsers reach the portal. */
  publicUrl: string
  /** Of the codes of gifts. */
  sealing: Sealing
  /** Once a payment is committed. */
  onPaid(): void
}
