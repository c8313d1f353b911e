import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { refuseStorage, type StorageQuota } from '@azora/kit/storage-quota.ts'
import { insertFiles, type NewFile } from '../files/files.store.ts'
import { selectStorageUse } from './storage.store.ts'

/**
 * What is known beforehand is refused before it is received; what counts is the look in the transaction that adds the
 * files, where those who add at once wait for each other at the counts.
 */

/** @throws AppError `storage_quota_reached` when so many bytes more would be too many. */
export async function refuseBeyondQuota(
  db: Queryable,
  quota: StorageQuota,
  userId: string,
  moreBytes: number,
): Promise<void> {
  const used = await selectStorageUse(db, userId)
  if (used.personBytes + moreBytes > quota.personBytes)
    refuseStorage('person', used.personBytes, quota.personBytes)
  if (used.schoolBytes + moreBytes > quota.schoolBytes)
    refuseStorage('school', used.schoolBytes, quota.schoolBytes)
}

/** Add files of one person. @throws AppError `storage_quota_reached`, which takes the transaction back. */
export async function addFiles(
  tx: Transaction,
  quota: StorageQuota,
  userId: string,
  files: NewFile[],
): Promise<void> {
  await insertFiles(tx, files)
  const bytes = files.reduce((sum, file) => sum + file.size, 0)
  // They are counted now, so what was there before is less by them.
  const used = await selectStorageUse(tx, userId)
  if (used.personBytes > quota.personBytes)
    refuseStorage('person', used.personBytes - bytes, quota.personBytes)
  if (used.schoolBytes > quota.schoolBytes)
    refuseStorage('school', used.schoolBytes - bytes, quota.schoolBytes)
}
