import { eachAlone } from '@azora/kit/each-alone.ts'
import { cancel, enqueue } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { interrupted } from './import-failure.ts'
import { importMoved } from './import-moved.ts'
import { failImport, selectAbandonedImports } from './imports.store.ts'
import { importKey } from './start-import.ts'
import { takeBackImportTask } from './take-back-import.ts'

const mostAtOnce = 100

/** Let nobody wait for an import that will not end any more, and take back what it stored. */
export async function endAbandonedImports({
  db,
  log,
  signals,
}: Pick<ServiceKit, 'db' | 'log' | 'signals'>): Promise<void> {
  await eachAlone(
    await selectAbandonedImports(db.across, mostAtOnce),
    job => {
      const { importId, organizationId } = job
      return db.in(organizationId).transaction(async tx => {
        if (!(await failImport(tx, importId, interrupted))) return
        tx.afterCommit(() => importMoved(signals, importId))
        // One that runs all the same, or will, takes back what it stored by itself.
        if ((await cancel(tx, importKey(importId))) !== 'begun') await enqueue(tx, takeBackImportTask, job)
        tx.afterCommit(() => log.warn('An abandoned import was ended', { importId }))
      })
    },
    'imports were not ended',
  )
}
