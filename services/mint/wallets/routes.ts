import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { walletFiles, walletOperations } from '@azora/contracts/mint/wallets.ts'
import { makeDocument } from '@azora/documents/make-document.ts'
import { askingCallerOf, callerOf } from '@azora/kit/caller.ts'
import type { FileHandlers, Handlers } from '@azora/kit/handlers.ts'
import { actorOf, type RequestContext } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { listWallets, listWalletTransactions } from './read-wallets.ts'
import { reserve } from './reservations.ts'
import { sendFromWallet } from './send.ts'
import { selectSettings } from './settings.store.ts'
import { saveWalletSettings } from './settings.ts'
import { walletStatement } from './statement.ts'
import { statementCsv, statementDocument } from './statement-files.ts'

type Kit = Pick<ServiceKit, 'db' | 'others'>

/** What people have in their wallets. */
export function walletHandlers(kit: Kit): Handlers<typeof walletOperations> {
  const { db } = kit
  const school = (context: RequestContext) => db.in(actorOf(context).organizationId)
  return {
    listWallets: (_input, context) => listWallets(school(context), actorOf(context)),
    listWalletTransactions: (input, context) =>
      listWalletTransactions(school(context), actorOf(context).userId, input),
    getWalletStatement: (input, context) => walletStatement(school(context), actorOf(context).userId, input),
    sendFromWallet: (input, context) => sendFromWallet(db, askingCallerOf(kit, context), input),
    getWalletSettings: (_input, context) => selectSettings(school(context)),
    saveWalletSettings: (input, context) => saveWalletSettings(db, callerOf(context), input),
    async reserveFromWallet(input, context) {
      await school(context).transaction(tx => reserve(tx, input))
      return { ok: true }
    },
  }
}

export function walletFileHandlers(kit: Kit): FileHandlers<typeof walletFiles> {
  const { db } = kit
  return {
    async downloadWalletStatement(input, context, _req, res) {
      const { organizationId, userId } = actorOf(context)
      const { others } = askingCallerOf(kit, context)
      const { name, organization } = await others.auth.me()
      const found = await walletStatement(db.in(organizationId), userId, input)
      const whose = { walletId: input.walletId, school: organization.name, holder: name }
      const pdf = await makeDocument(statementDocument(found, input, whose), userId)
      res.setHeader('Content-Type', 'application/pdf')
      res.setHeader('Content-Disposition', `attachment; filename="statement-${input.from}-${input.to}.pdf"`)
      res.setHeader('Cache-Control', 'no-store')
      res.send(Buffer.from(pdf))
    },
    async exportWalletStatement(input, context, _req, res) {
      const { organizationId, userId } = actorOf(context)
      const found = await walletStatement(db.in(organizationId), userId, input)
      res.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present')
      res.setHeader('Content-Disposition', `attachment; filename="statement-${input.from}-${input.to}.csv"`)
      res.setHeader('Cache-Control', 'no-store')
      await pipeline(Readable.from(statementCsv(found, input)), res)
    },
  }
}
