import { AppError } from '@azora/kit/errors.ts'
import type { Request } from 'express'
import type { Route } from './route-table.ts'

// JSON as the services read it, forms of protocols, and the largest cartridge with room for its wrapping.
const mostBytes = { json: 1_048_576, page: 65_536, upload: 1_100_000_000, download: 1_048_576 } as const

/**
 * Refuse a body by the length that it announces, before any of it is read. One of unknown length is counted by the
 * service that reads it.
 * @throws AppError `payload_too_large`.
 */
export function checkLength(req: Request, route: Route): void {
  const announced = Number(req.headers['content-length'] ?? 0)
  if (announced > mostBytes[route.raw ?? 'json']) throw new AppError('payload_too_large')
}

/**
 * The body of a request that may be sent again: one with an idempotency key. Null when there is none to keep.
 * @throws AppError `payload_too_large`, `invalid_input` when it breaks off.
 */
export async function bodyToRepeat(req: Request, route: Route): Promise<Buffer | null> {
  if (route.raw || req.headers['idempotency-key'] === undefined) return null
  return readUpTo(req, mostBytes.json)
}

/** What a form of a page sends. @throws AppError as `bodyToRepeat` does. */
export const visitorBody = (req: Request): Promise<Buffer<ArrayBuffer>> => readUpTo(req, mostBytes.page)

async function readUpTo(req: Request, most: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of req) {
      size += chunk.length
      if (size > most) throw new AppError('payload_too_large')
      chunks.push(chunk)
    }
  } catch (failure) {
    throw failure instanceof AppError ? failure : new AppError('invalid_input', {}, { cause: failure })
  }
  return Buffer.concat(chunks)
}
