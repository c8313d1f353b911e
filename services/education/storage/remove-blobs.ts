import type { ServiceKit } from '@azora/kit/service.ts'

export const removeBlobsTask = 'education.remove_blobs'
export type BlobsToRemove = { keys: string[] }

/** Free the space of files whose rows are gone. Safe to repeat. */
export async function removeBlobs(
  { blobs }: Pick<ServiceKit, 'blobs'>,
  { keys }: BlobsToRemove,
): Promise<void> {
  for (const key of keys) await blobs.delete(key)
}
