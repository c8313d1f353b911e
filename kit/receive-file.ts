import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import { nameFrom } from '@azora/contracts/names.ts'
import type { Request } from 'express'
import { lookup } from 'mime-types'
import type { Blobs } from './blobs.ts'
import { AppError, asStorageFull, invalidField, refusal } from './errors.ts'

/** The media type that a file's name stands for; what a browser claims is not asked. */
export function mediaTypeOf(name: string): string {
  return lookup(name) || 'application/octet-stream'
}

const nameLength = 180

/**
 * A file name fit to show and to save: no path, no control or direction-changing characters. A name that is too long
 * keeps its ending, which says what the file is.
 */
export function safeFileName(name: string): string {
  const whole = nameFrom(name.split(/[\\/]/).at(-1) ?? '', 20_000)
  const ending = /\.[a-z0-9]{1,12}$/i.exec(whole)?.[0] ?? ''
  const clean = whole.length <= nameLength ? whole : nameFrom(whole, nameLength - ending.length) + ending
  return clean === '' || clean === '.' || clean === '..' ? 'file' : clean
}

/** What is looked for in a body while it passes. */
export type Inspection = { take(chunk: Buffer): void; end(): void }

/**
 * Store a request's body as a blob, counting and hashing as it passes. Nothing remains of a body that breaks off
 * or is too large.
 *
 * @param maxBytes the largest body accepted.
 * @param inspect looks at the bytes as they pass, and refuses by throwing; where it does, nothing is kept.
 * @throws AppError `payload_too_large`, `invalid_input` for a broken or empty body, `storage_full`.
 */
export async function receiveBody(
  req: Request,
  blobs: Blobs,
  key: string,
  mediaType: string,
  maxBytes: number,
  inspect?: Inspection,
): Promise<{ size: number; sha256: string }> {
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) throw new AppError('payload_too_large')
  // A request that is gone already closes no more: nothing would end the wait below.
  if (req.destroyed && !req.complete) throw refusal('upload_interrupted')
  const hash = createHash('sha256')
  let size = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      hash.update(chunk)
      try {
        if (size > maxBytes) throw new AppError('payload_too_large')
        inspect?.take(chunk)
        done(null, chunk)
      } catch (refused) {
        done(refused as Error)
      }
    },
    flush(done) {
      try {
        if (size > 0) inspect?.end()
        done()
      } catch (refused) {
        done(refused as Error)
      }
    },
  })
  // Not by `pipeline`, which destroys the request with what it feeds: the client would then never read why.
  const breakOff = () => {
    if (req.complete) return
    counted.destroy(
      Object.assign(new Error('The upload was interrupted.'), { code: 'ERR_STREAM_PREMATURE_CLOSE' }),
    )
  }
  req.once('close', breakOff)
  req.once('error', breakOff)
  // A refusal may come before the store reads, when nobody listens yet; it is told all the same.
  let refused: Error | null = null
  counted.on('error', failure => {
    refused ??= failure
  })
  req.pipe(counted)
  try {
    await blobs.put(key, counted, mediaType)
  } catch (problem) {
    const failure = asStorageFull(refused ?? problem)
    if (failure instanceof AppError) throw failure
    const code = (failure as { code?: string }).code
    if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET') {
      throw refusal('upload_interrupted')
    }
    throw failure
  } finally {
    req.off('close', breakOff)
    counted.destroy()
  }
  if (size === 0) {
    await blobs.delete(key)
    throw invalidField('body', 'file_empty', { code: 'required' })
  }
  return { size, sha256: hash.digest('hex') }
}
