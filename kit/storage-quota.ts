import { refusal } from './errors.ts'

/** How much the files of a school, and of each person who uploads, may take. */
export type StorageQuota = { schoolBytes: number; personBytes: number }

const inMegabytes = (bytes: number) =>
  new Intl.NumberFormat('en', { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 }).format(
    bytes / 1e6,
  )

/** @throws AppError `storage_quota_reached` */
export function refuseStorage(of: 'school' | 'person', usedBytes: number, limitBytes: number): never {
  const left = Math.max(0, limitBytes - usedBytes)
  const values = { used: inMegabytes(usedBytes), limit: inMegabytes(limitBytes), left: inMegabytes(left) }
  throw refusal(`${of}_storage`, values, { storage: { of, usedBytes, limitBytes } })
}
