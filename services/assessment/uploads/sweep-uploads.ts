import { eachAlone } from '@azora/kit/each-alone.ts'
import { defineTask } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { deleteAbandoned, forgetContent, selectContentsToDelete } from './uploads.store.ts'

export const sweepUploadsTask = defineTask('assessment.sweep_uploads', {
  cron: '*/10 * * * *',
  priority: 'late',
})

/** Give up files that never arrived, and delete the contents of those that are gone. Safe to repeat. */
export async function sweepUploads({ db, blobs }: Pick<ServiceKit, 'db' | 'blobs'>): Promise<void> {
  await deleteAbandoned(db.across)
  const keys = (await selectContentsToDelete(db.across)).map(({ blobKey }) => blobKey)
  const remove = async (key: string) => {
    await blobs.delete(key)
    await forgetContent(db.across, key)
  }
  await eachAlone(keys, remove, 'files that were handed in were not deleted')
}
