import type { RefusedFileCode } from '@azora/contracts/education/import-codes.ts'
import { type ImportReason, importReasons } from '@azora/contracts/education/import-reasons.ts'
import { englishOf } from '@azora/contracts/education/said.ts'

/**
 * The cartridge cannot be read, or should not be. `reason` is for the person who dropped the file: what is wrong, in
 * which entry, and what to do about it; `message` says it in English. Nothing has been imported when it is thrown.
 */
export class CartridgeError extends Error {
  readonly code: RefusedFileCode
  readonly reason: ImportReason
  /** The entry of the archive in which the fault lies, cleaned for display. */
  readonly entry: string | null

  constructor(
    code: RefusedFileCode,
    reason: ImportReason,
    options: { entry?: string; cause?: unknown } = {},
  ) {
    super(
      englishOf(importReasons, reason),
      options.cause === undefined ? undefined : { cause: options.cause },
    )
    this.name = 'CartridgeError'
    this.code = code
    this.reason = reason
    this.entry = options.entry ?? null
  }
}
