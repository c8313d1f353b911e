import type { Database } from '@azora/kit/db.ts'
import type { StripeDoor } from '../stripe/stripe-door.ts'

/** What those who deal with orders stand on. */
export type OrderTools = {
  db: Database
  stripe: StripeDoor
  /** Where browsers reach the portal. */
  publicUrl: string
  /** Once a payment is committed. */
  onPaid(): void
}
