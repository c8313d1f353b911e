import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ledgerFiles } from '@azora/contracts/mint/trial-balance.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { FileHandlers } from '@azora/kit/handlers.ts'
import { actorOf, type RequestContext } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Response } from 'express'
import { accountNamed } from '../accounts/read-accounts.ts'
import { statementCsv, transfersCsv, trialBalanceCsv } from './ledger-csv.ts'

/** The books as files. Anyone who takes them away leaves a trace. */
export function ledgerFileHandlers({ db }: Pick<ServiceKit, 'db'>): FileHandlers<typeof ledgerFiles> {
  const school = (context: RequestContext) => db.in(actorOf(context).organizationId)
  async function send(context: RequestContext, res: Response, name: string, lines: AsyncIterable<string>) {
    await school(context).transaction(tx =>
      recordAudit(tx, 'mint', context, { action: 'ledger.exported', details: { file: name } }),
    )
    res.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present')
    res.setHeader('Content-Disposition', `attachment; filename="${name}.csv"`)
    res.setHeader('Cache-Control', 'no-store')
    await pipeline(Readable.from(lines), res)
  }
  return {
    exportTrialBalance: (input, context, _req, res) =>
      send(context, res, 'trial-balance', trialBalanceCsv(school(context), input)),
    exportTransfers: (filter, context, _req, res) =>
      send(context, res, 'journal', transfersCsv(school(context), filter)),
    async exportAccountStatement(period, context, _req, res) {
      await accountNamed(school(context), period.accountId)
      await send(context, res, 'account-statement', statementCsv(school(context), period))
    },
  }
}
