import type { accountFiles, accountOrderOperations } from '@azora/contracts/payments/account-order.ts'
import type {
  institutionOperations,
  ownInstitutionOperations,
} from '@azora/contracts/payments/institution.ts'
import { askingCallerOf, callerOf } from '@azora/kit/caller.ts'
import { idCursor } from '@azora/kit/cursor.ts'
import type { FileHandlers, Handlers } from '@azora/kit/handlers.ts'
import { actorOf, type RequestContext } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectAccountOrders } from '../account-orders/account-orders.store.ts'
import { cancelOrder } from '../account-orders/cancel-order.ts'
import { selectOpenOf } from '../account-orders/open-amounts.store.ts'
import { orderSeats, quoteSeats } from '../account-orders/order-seats.ts'
import { readReceivables, receivablesCsv } from '../account-orders/receivables.ts'
import { recordTransfer } from '../account-orders/record-payment.ts'
import { shownAccountOrder } from '../account-orders/shown-order.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { selectInstitutions } from './institutions.store.ts'
import { selectInstitutionsOfManager } from './managers.store.ts'
import { requireOrderer } from './orderers.ts'
import {
  addManager,
  createInstitution,
  readInstitution,
  removeManager,
  saveInstitution,
} from './save-institution.ts'

type Tools = OrderTools & Pick<ServiceKit, 'others'>

/** Institutions and what they buy on account, each operation handed to its use case. */
export function institutionRoutes(
  tools: Tools,
): Handlers<typeof institutionOperations & typeof ownInstitutionOperations & typeof accountOrderOperations> {
  const { db, stripe } = tools
  const school = (context: RequestContext) => db.in(actorOf(context).organizationId)
  const read = (context: RequestContext, institutionId: string) =>
    readInstitution(school(context), institutionId, stripe.sandbox)
  return {
    async listInstitutions({ cursor, ...filter }, context) {
      const found = await selectInstitutions(school(context), { ...filter, cursor: idCursor(cursor) })
      const ids = found.items.map(({ id }) => id)
      const open = await selectOpenOf(school(context), ids, stripe.sandbox)
      return { ...found, items: found.items.map(one => ({ ...one, open: open.get(one.id) ?? [] })) }
    },
    getInstitution: ({ institutionId }, context) => read(context, institutionId),
    createInstitution: async (input, context) =>
      read(context, await createInstitution(db, callerOf(context), input)),
    async saveInstitution(input, context) {
      await saveInstitution(db, callerOf(context), input)
      return read(context, input.institutionId)
    },
    async addInstitutionManager(input, context) {
      await addManager(db, askingCallerOf(tools, context), input)
      return read(context, input.institutionId)
    },
    async removeInstitutionManager(input, context) {
      await removeManager(db, callerOf(context), input)
      return read(context, input.institutionId)
    },
    async listOwnInstitutions(_input, context) {
      return { items: await selectInstitutionsOfManager(school(context), actorOf(context).userId) }
    },
    async getOwnInstitution({ institutionId }, context) {
      await requireOrderer(school(context), callerOf(context), institutionId)
      const { id, name, legalName, billingEmail, termsDays, status, open } = await read(
        context,
        institutionId,
      )
      return { id, name, legalName, billingEmail, termsDays, status, open }
    },
    async listOwnAccountOrders({ institutionId, cursor, limit }, context) {
      await requireOrderer(school(context), callerOf(context), institutionId)
      const wanted = { institutionId, cursor: idCursor(cursor), limit }
      const found = await selectAccountOrders(school(context), wanted)
      return { ...found, items: found.items.map(shownAccountOrder) }
    },
    getSeatsQuote: (input, context) => quoteSeats(tools, askingCallerOf(tools, context), input),
    orderSeats: async (input, context) =>
      shownAccountOrder(await orderSeats(tools, askingCallerOf(tools, context), input)),
    async listAccountOrders({ cursor, ...filter }, context) {
      const found = await selectAccountOrders(school(context), { ...filter, cursor: idCursor(cursor) })
      return { ...found, items: found.items.map(shownAccountOrder) }
    },
    recordInvoicePayment: async (input, context) =>
      shownAccountOrder(await recordTransfer(db, callerOf(context), input)),
    cancelAccountOrder: async (input, context) =>
      shownAccountOrder(await cancelOrder(db, callerOf(context), input)),
    getReceivables: (_input, context) => readReceivables(school(context), stripe.sandbox),
  }
}

export function institutionFileHandlers({ db, stripe }: Tools): FileHandlers<typeof accountFiles> {
  return {
    async exportReceivables(_input, context, _req, res) {
      res.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present')
      res.setHeader('Content-Disposition', 'attachment; filename="receivables.csv"')
      res.setHeader('Cache-Control', 'no-store')
      res.send(await receivablesCsv(db, callerOf(context), stripe.sandbox))
    },
  }
}
