/**
 * A full disk is no bug: it passes once someone makes space, and until then a write is refused in words that say so.
 * It shows in other ways, depending on what could not be written.
 */

// Of the file system, its quotas, PostgreSQL's `disk_full`, and ours from another part of the system.
const codes = new Set<unknown>(['ENOSPC', 'EDQUOT', '53100', 'storage_full'])
// Of S3-compatible stores, and MongoDB's `OutOfDiskSpace`.
const names = new Set<unknown>(['XMinioStorageFull', 'InsufficientStorage', 'OutOfDiskSpace'])

/** Whether a failure, or what caused it, is that there is no space left to write to. */
export function isStorageFull(failure: unknown): boolean {
  let current = failure
  for (let depth = 0; depth < 6 && typeof current === 'object' && current !== null; depth++) {
    const { code, name, codeName, $metadata, cause } = current as Record<string, unknown>
    if (codes.has(code) || names.has(name) || names.has(codeName)) return true
    if (($metadata as { httpStatusCode?: number } | undefined)?.httpStatusCode === 507) return true
    current = cause
  }
  return false
}
