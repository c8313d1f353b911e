import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { auditFiles, auditOperations } from '@azora/contracts/auth/audit.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { FileHandlers, Handlers } from '@azora/kit/handlers.ts'
import { actorOf } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { auditCsv, listAudit } from './read-audit.ts'
import { verifyChain } from './verify-chain.ts'

/** The audit log of a school. */
export function auditHandlers({ db }: Pick<ServiceKit, 'db'>): Handlers<typeof auditOperations> {
  return {
    listAudit: (input, context) => listAudit(db, actorOf(context).organizationId, input),
    verifyAudit: (_, context) => verifyChain(db, actorOf(context).organizationId),
  }
}

export function auditFileHandlers({ db }: Pick<ServiceKit, 'db'>): FileHandlers<typeof auditFiles> {
  return {
    async exportAudit(filter, context, _req, res) {
      const { organizationId } = actorOf(context)
      // Anyone who takes the log away leaves a trace in it.
      await db
        .in(organizationId)
        .transaction(tx => recordAudit(tx, 'auth', context, { action: 'audit.exported' }))
      res.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present')
      res.setHeader('Content-Disposition', 'attachment; filename="audit.csv"')
      res.setHeader('Cache-Control', 'no-store')
      await pipeline(Readable.from(auditCsv(db, organizationId, filter)), res)
    },
  }
}
