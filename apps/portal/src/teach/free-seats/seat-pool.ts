import type { OutputOf } from '../../lib/api.browser.ts'

export type SeatPool = OutputOf<'payments.createSeatPool'>

/** Whether seats of a pool can be taken now. */
export const isOpen = ({ closedAt, endsAt }: SeatPool): boolean =>
  closedAt === null && (endsAt === null || Date.parse(endsAt) > Date.now())
