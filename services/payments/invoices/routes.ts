import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { invoiceFiles, invoiceOperations } from '@azora/contracts/payments/invoice.ts'
import { callerOf } from '@azora/kit/caller.ts'
import { idCursor } from '@azora/kit/cursor.ts'
import type { FileHandlers, Handlers } from '@azora/kit/handlers.ts'
import { actorOf, type RequestContext } from '@azora/kit/request-context.ts'
import { fileHeaders } from '@azora/kit/send-file.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Response } from 'express'
import { selectInvoices } from './list-invoices.store.ts'
import {
  exportInvoices,
  findInvoice,
  invoicePdf,
  invoiceWithLines,
  schoolInvoice,
  shownInvoice,
} from './read-invoices.ts'

type Kit = Pick<ServiceKit, 'db'>

export function invoiceHandlers({ db }: Kit): Handlers<typeof invoiceOperations> {
  const school = (context: RequestContext) => db.in(actorOf(context).organizationId)
  return {
    async listInvoices({ cursor, limit }, context) {
      const { userId } = actorOf(context)
      const found = await selectInvoices(school(context), {
        buyerId: userId,
        cursor: idCursor(cursor),
        limit,
      })
      return { ...found, items: found.items.map(shownInvoice) }
    },
    getInvoice: async ({ invoiceId }, context) =>
      invoiceWithLines(await findInvoice(school(context), invoiceId, actorOf(context).userId)),
    async listSchoolInvoices({ cursor, ...filter }, context) {
      const found = await selectInvoices(school(context), { ...filter, cursor: idCursor(cursor) })
      return { ...found, items: found.items.map(schoolInvoice) }
    },
  }
}

function sendPdf(res: Response, { name, bytes }: { name: string; bytes: Uint8Array }): void {
  const headers = fileHeaders({ name, mediaType: 'application/pdf' })
  for (const [header, value] of Object.entries(headers)) res.setHeader(header, value)
  res.setHeader('Cache-Control', 'no-store')
  res.send(Buffer.from(bytes))
}

export function invoiceFileHandlers({ db }: Kit): FileHandlers<typeof invoiceFiles> {
  const school = (context: RequestContext) => db.in(actorOf(context).organizationId)
  return {
    async downloadInvoice({ invoiceId }, context, _req, res) {
      const { userId } = actorOf(context)
      sendPdf(res, await invoicePdf(await findInvoice(school(context), invoiceId, userId), userId))
    },
    async downloadSchoolInvoice({ invoiceId }, context, _req, res) {
      sendPdf(res, await invoicePdf(await findInvoice(school(context), invoiceId), actorOf(context).userId))
    },
    async exportSchoolInvoices(filter, context, _req, res) {
      res.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present')
      res.setHeader('Content-Disposition', 'attachment; filename="invoices.csv"')
      res.setHeader('Cache-Control', 'no-store')
      await pipeline(Readable.from(exportInvoices(db, callerOf(context), filter)), res)
    },
  }
}
