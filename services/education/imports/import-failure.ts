import { AppError } from '@azora/kit/errors.ts'
import { UnstorableEvent } from '@azora/kit/outbox.ts'
import { isStorageFull } from '@azora/kit/storage-full.ts'
import { CartridgeError } from '../cartridges/cartridge-error.ts'
import { ReaderFault } from './unpack-cartridge.ts'

/** How an import that did not succeed ends: a code, a sentence for its teacher, and whether trying again may help. */
type ImportFailure = { code: string; message: string; mayPass: boolean }

/** Nobody works on the import any more: its job used up its attempts in processes that died. */
export const interrupted = {
  code: 'interrupted',
  message: 'The import was interrupted and did not finish. Nothing was imported. Import the file again.',
}

/** Its teacher ended it. */
export const cancelled = {
  code: 'cancelled',
  message: 'The import was cancelled. Nothing was imported.',
}

export function importFailure(failure: unknown): ImportFailure {
  if (failure instanceof CartridgeError)
    return { code: failure.code, message: failure.message, mayPass: false }
  if (failure instanceof ReaderFault) {
    return {
      code: 'unreadable',
      message:
        'We cannot read how this file is built. Nothing was imported. Export the course again as Common Cartridge. If that does not help, send the file to your administrator.',
      mayPass: false,
    }
  }
  if (failure instanceof AppError && failure.code === 'storage_quota_reached')
    return { code: failure.code, message: failure.message, mayPass: false }
  if (isStorageFull(failure)) {
    return {
      code: 'storage_full',
      message: 'There is no space left for this course. Nothing was imported. Tell an administrator.',
      mayPass: true,
    }
  }
  if (failure instanceof UnstorableEvent || isRefusedByDatabase(failure)) {
    return {
      code: 'not_storable',
      message:
        'Something in this course cannot be stored. Nothing was imported. Send the file to your administrator.',
      mayPass: false,
    }
  }
  return {
    code: 'unavailable',
    message:
      'A part of this system was not available, so the import did not finish. Nothing was imported. Import the file again later.',
    mayPass: true,
  }
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
