import { eachAlone } from '@azora/kit/each-alone.ts'
import { defineTask } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'

export const removeBlobsTask = defineTask<BlobsToRemove>('education.remove_blobs', { priority: 'late' })
export type BlobsToRemove = { keys: string[] }

/** Free the space of files whose rows are gone. Safe to repeat. */
export async function removeBlobs(
  { blobs }: Pick<ServiceKit, 'blobs'>,
  { keys }: BlobsToRemove,
): Promise<void> {
  await eachAlone(keys, key => blobs.delete(key), 'files were not removed')
}
