import type { SchoolDispute } from './disputes.store.ts'

/** A dispute for those who keep the school's books. */
export function shownDispute(dispute: SchoolDispute) {
  const { currency, feeMinor } = dispute
  return {
    id: dispute.id,
    orderId: dispute.orderId,
    subscriptionId: dispute.subscriptionId,
    titles: dispute.titles,
    buyer: dispute.buyerId === null ? null : { id: dispute.buyerId, name: dispute.buyerName },
    amount: { amountMinor: dispute.amountMinor, currency },
    fee: feeMinor === null ? null : { amountMinor: feeMinor, currency },
    reason: dispute.reason,
    status: dispute.status,
    inquiry: dispute.inquiry,
    evidenceDueAt: dispute.evidenceDueAt,
    openedAt: dispute.openedAt,
    closedAt: dispute.closedAt,
    sandbox: dispute.sandbox,
  }
}
