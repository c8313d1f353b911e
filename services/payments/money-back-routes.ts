import type { disputeOperations } from '@azora/contracts/payments/dispute.ts'
import type { reconciliationOperations } from '@azora/contracts/payments/reconciliation.ts'
import type { refundRequestOperations } from '@azora/contracts/payments/refund-request.ts'
import { callerOf } from '@azora/kit/caller.ts'
import { idCursor } from '@azora/kit/cursor.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import { actorOf, type RequestContext } from '@azora/kit/request-context.ts'
import { acceptDispute, answerDispute, listDisputes } from './disputes/answer-dispute.ts'
import type { OrderTools } from './orders/order-tools.ts'
import { shownOrder } from './orders/shown-order.ts'
import {
  listDifferences,
  listReconciliations,
  sayWhatWasDone,
  shownReconciliation,
} from './reconciliation/read-reconciliations.ts'
import { startReconciliation } from './reconciliation/reconcile.ts'
import {
  approveRefundRequest,
  declineRefundRequest,
  listRefundRequests,
} from './refund-requests/answer-request.ts'
import { requestRefund, withdrawRefundRequest } from './refund-requests/ask-for-refund.ts'

type Operations = typeof refundRequestOperations & typeof disputeOperations & typeof reconciliationOperations

/** What is done about money that goes back, or that somebody misses. */
export function moneyBackRoutes(tools: OrderTools): Handlers<Operations> {
  const { db } = tools
  const school = (context: RequestContext) => db.in(actorOf(context).organizationId)
  return {
    requestRefund: async (input, context) => shownOrder(await requestRefund(db, callerOf(context), input)),
    withdrawRefundRequest: async (input, context) =>
      shownOrder(await withdrawRefundRequest(db, callerOf(context), input)),
    listRefundRequests: ({ cursor, ...input }, context) =>
      listRefundRequests(school(context), { ...input, cursor: idCursor(cursor) }),
    approveRefundRequest: (input, context) => approveRefundRequest(tools, callerOf(context), input),
    declineRefundRequest: (input, context) => declineRefundRequest(tools, callerOf(context), input),
    listDisputes: ({ cursor, ...input }, context) =>
      listDisputes(school(context), { ...input, cursor: idCursor(cursor) }),
    answerDispute: (input, context) => answerDispute(tools, callerOf(context), input),
    acceptDispute: (input, context) => acceptDispute(tools, callerOf(context), input),
    listReconciliations: ({ cursor, limit }, context) =>
      listReconciliations(school(context), { limit, cursor: idCursor(cursor) }),
    startReconciliation: async ({ days }, context) =>
      shownReconciliation(await startReconciliation(tools, callerOf(context), days)),
    listDifferences: ({ cursor, ...input }, context) =>
      listDifferences(school(context), { ...input, cursor: idCursor(cursor) }),
    settleDifference: (input, context) => sayWhatWasDone(db, callerOf(context), input),
  }
}
