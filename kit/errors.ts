import {
  type ErrorBody,
  type ErrorCode,
  type ErrorData,
  errorCodes,
  type FieldFault,
} from '@azora/contracts/errors.ts'
import type { z } from 'zod'
import { correlationId } from './context.ts'
import { isStorageFull } from './storage-full.ts'

/** The one class of failures that a caller can expect. Anything else that is thrown is a bug. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly data: ErrorData

  constructor(code: ErrorCode, data: ErrorData = {}, options?: { message?: string; cause?: unknown }) {
    super(options?.message ?? errorCodes[code].message, { cause: options?.cause })
    this.name = 'AppError'
    this.code = code
    this.status = errorCodes[code].status
    this.data = data
  }
}

/** The rejected fields of a failed parse, as `invalid_input`. */
export function invalidInput(error: z.ZodError): AppError {
  const fields: FieldFault[] = error.issues.slice(0, 50).map(issue => ({
    path: issue.path.map(String).join('.'),
    code: issue.code,
    message: issue.message,
  }))
  return new AppError('invalid_input', { fields })
}

// Space is made by a person, who takes a while.
const retryWhenFullSeconds = 60

/** Want of space as what a caller can expect, anything else as it is. */
export function asStorageFull(failure: unknown): unknown {
  if (failure instanceof AppError || !isStorageFull(failure)) return failure
  return new AppError('storage_full', { retryAfterSeconds: retryWhenFullSeconds }, { cause: failure })
}

/** What a client is told of a failure. A bug tells its correlation id and nothing else. */
export function errorBody(problem: unknown): ErrorBody & { defined: true } {
  const failure = asStorageFull(problem)
  const expected = failure instanceof AppError ? failure : new AppError('internal')
  return {
    defined: true,
    code: expected.code,
    status: expected.status,
    message: expected.message,
    data: { ...expected.data, correlationId: correlationId() },
  }
}
