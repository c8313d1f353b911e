import { type ImportFailureCode, importEnds } from '@azora/contracts/education/import-codes.ts'
import { because, type ImportReason, importReasons } from '@azora/contracts/education/import-reasons.ts'
import { englishOf } from '@azora/contracts/education/said.ts'
import { AppError } from '@azora/kit/errors.ts'
import { UnstorableEvent } from '@azora/kit/outbox.ts'
import { isStorageFull } from '@azora/kit/storage-full.ts'
import { CartridgeError } from '../cartridges/cartridge-error.ts'
import { ReaderFault } from './unpack-cartridge.ts'

/** How an import that did not succeed ends: a code, which a reason may narrow, and the same in English. */
export type ImportEnd = {
  code: ImportFailureCode
  reason: ImportReason['code'] | null
  values: Record<string, string | number>
  message: string
}

const endOf = (code: keyof typeof importEnds): ImportEnd => ({
  code,
  reason: null,
  values: {},
  message: importEnds[code],
})

const narrowed = (code: ImportFailureCode, reason: ImportReason): ImportEnd => ({
  code,
  reason: reason.code,
  values: reason.values,
  message: englishOf(importReasons, reason),
})

/** Nobody works on the import any more: its job used up its attempts in processes that died. */
export const interrupted = endOf('interrupted')

/** Its teacher ended it. */
export const cancelled = endOf('cancelled')

/** How the import ends by what was thrown, and whether trying again may help. */
export function importFailure(failure: unknown): { end: ImportEnd; mayPass: boolean } {
  if (failure instanceof CartridgeError)
    return { end: narrowed(failure.code, failure.reason), mayPass: false }
  if (failure instanceof ReaderFault) return { end: endOf('unreadable'), mayPass: false }
  if (failure instanceof AppError && failure.code === 'storage_quota_reached')
    return { end: quotaEnd(failure), mayPass: false }
  if (isStorageFull(failure)) return { end: endOf('storage_full'), mayPass: true }
  if (failure instanceof UnstorableEvent || isRefusedByDatabase(failure))
    return { end: endOf('not_storable'), mayPass: false }
  return { end: endOf('unavailable'), mayPass: true }
}

function quotaEnd({ data: { storage } }: AppError): ImportEnd {
  if (!storage) return endOf('storage_quota_reached')
  const { of, usedBytes, limitBytes } = storage
  const leftBytes = Math.max(0, limitBytes - usedBytes)
  return narrowed('storage_quota_reached', because(`${of}_storage`, { usedBytes, limitBytes, leftBytes }))
}

/** PostgreSQL's classes 22 (data exception) and 23 (constraint): the same data would be refused again. */
function isRefusedByDatabase(failure: unknown): boolean {
  let current = failure
  for (let depth = 0; depth < 6 && typeof current === 'object' && current !== null; depth++) {
    const { code, cause } = current as Record<string, unknown>
    if (typeof code === 'string' && /^2[23][0-9A-Z]{3}$/.test(code)) return true
    current = cause
  }
  return false
}
