import { recordAudit } from '@azora/kit/audit.ts'
import type { Reactions } from '@azora/kit/inbox.ts'
import type { Job, Schedule } from '@azora/kit/jobs.ts'
import { personalDataPart } from '@azora/kit/personal-data.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { deleteOldOrigins } from '../audit/audit.store.ts'
import { deletionEmailTask, sendDeletion } from '../emails/deletion.ts'
import { exportEmailTask, sendExportReady } from '../emails/export-ready.ts'
import { assembleExport } from './assemble-export.ts'
import { eraseDueAccounts } from './deletion.ts'
import { assembleTask, deleteBlobs, deleteBlobsTask, endExports, takePart } from './exports.ts'
import { authPersonalData } from './personal-data.ts'

/** What auth hears and does by itself for the sake of privacy. */
export function privacyPart(kit: ServiceKit): {
  reactions: Reactions
  jobs: Record<string, Job>
  schedules: Schedule[]
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
    jobs: {
      ...own.jobs,
      [assembleTask]: (job: Parameters<typeof assembleExport>[1]) => assembleExport(kit, job),
      [deleteBlobsTask]: (job: Parameters<typeof deleteBlobs>[1]) => deleteBlobs(kit, job),
      [exportEmailTask]: (job: Parameters<typeof sendExportReady>[1]) => sendExportReady(kit, job),
      [deletionEmailTask]: (job: Parameters<typeof sendDeletion>[1]) => sendDeletion(kit, job),
      'auth.end_exports': async () => {
        await endExports(db)
      },
      'auth.erase_accounts': async () => {
        const erased = await eraseDueAccounts(db)
        if (erased > 0) log.info('Accounts were erased', { erased })
      },
      'auth.forget_origins': async () => {
        await deleteOldOrigins(db.across, config.auditOriginDays)
      },
    },
    schedules: [
      { task: 'auth.end_exports', cron: '23 * * * *' },
      { task: 'auth.erase_accounts', cron: '7 * * * *' },
      { task: 'auth.forget_origins', cron: '53 3 * * *' },
    ],
  }
}
