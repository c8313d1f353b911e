import { recordAudit } from '@azora/kit/audit.ts'
import type { Reactions } from '@azora/kit/inbox.ts'
import { defineTask, runs, type TaskWork } from '@azora/kit/jobs.ts'
import { personalDataPart } from '@azora/kit/personal-data.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { deleteOldOrigins } from '../audit/audit.store.ts'
import { deletionEmailTask, sendDeletion } from '../emails/deletion.ts'
import { exportEmailTask, sendExportReady } from '../emails/export-ready.ts'
import { assembleExport } from './assemble-export.ts'
import { eraseDueAccounts } from './deletion.ts'
import { assembleTask, deleteBlobs, deleteBlobsTask, endExports, takePart } from './exports.ts'
import { authPersonalData } from './personal-data.ts'

const endExportsTask = defineTask('auth.end_exports', { cron: '23 * * * *', priority: 'late' })
const eraseAccountsTask = defineTask('auth.erase_accounts', { cron: '7 * * * *', priority: 'late' })
const forgetOriginsTask = defineTask('auth.forget_origins', { cron: '53 3 * * *', priority: 'late' })

/** What auth hears and does by itself for the sake of privacy. */
export function privacyPart(kit: ServiceKit): {
  reactions: Reactions
  jobs: TaskWork[]
} {
  const { db, config, log } = kit
  const own = personalDataPart(kit, authPersonalData)
  return {
    reactions: {
      ...own.reactions,
      'user.exported': takePart,
      'user.erased': (tx, { userId, service }) =>
        recordAudit(tx, 'auth', 'system', {
          action: 'person.erased',
          subject: { kind: 'person', id: userId },
          details: { service },
        }),
    },
    jobs: [
      ...own.jobs,
      runs(assembleTask, (job, { signal }) => assembleExport(kit, job, signal)),
      runs(deleteBlobsTask, job => deleteBlobs(kit, job)),
      runs(exportEmailTask, job => sendExportReady(kit, job)),
      runs(deletionEmailTask, job => sendDeletion(kit, job)),
      runs(endExportsTask, async () => {
        await endExports(db)
      }),
      runs(eraseAccountsTask, async () => {
        const erased = await eraseDueAccounts(db)
        if (erased > 0) log.info('Accounts were erased', { erased })
      }),
      runs(forgetOriginsTask, async () => {
        await deleteOldOrigins(db.across, config.auditOriginDays)
      }),
    ],
  }
}
