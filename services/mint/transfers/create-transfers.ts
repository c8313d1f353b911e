import type { BookingOrder, TransferOrder } from '@azora/contracts/mint/transfers.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { Order, Outcome } from './order.ts'
import type { Writer } from './writer.ts'

function orderOf(asked: TransferOrder): Order {
  if (asked.phase === 'void') return asked
  if (asked.phase !== 'post') return { ...asked, amount: BigInt(asked.amountMinor) }
  return { ...asked, amount: asked.amountMinor === undefined ? undefined : BigInt(asked.amountMinor) }
}

/** Book what a person asks for; each transfer alone, those of a booking together. */
export async function createTransfers(
  writer: Writer,
  { userId, organizationId }: Actor,
  { transfers, bookings }: { transfers: TransferOrder[]; bookings: BookingOrder[] },
): Promise<{ items: Outcome[] }> {
  const request = { transfers: transfers.map(orderOf), bookings, createdBy: userId }
  return { items: await writer.submit(organizationId, request) }
}
