import { createReadStream } from 'node:fs'
import { type FileHandle, glob, mkdir, open, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { leaveProcess } from './context.ts'
import { eachAlone } from './each-alone.ts'

/** Files by key. Keys are made by services from ids, never from what a person typed. */
export type Blobs = {
  /** Store a stream whole or not at all; the size in bytes. */
  put(key: string, content: Readable, mediaType: string): Promise<number>
  /** The bytes, or those of an inclusive range; null when there is no such file. */
  get(key: string, range?: { start: number; end: number }): Promise<Readable | null>
  delete(key: string): Promise<void>
}

const safeKey = /^[a-z0-9][a-z0-9/_-]*$/

function checkKey(key: string): string {
  if (!safeKey.test(key) || key.includes('//')) throw new Error(`Not a blob key: ${key}`)
  return key
}

// Each try is lost only to a deletion in that very moment, so that many in a row have another cause.
const triesToOpen = 100

/**
 * Open a file that does not exist, with its folder; again when that was removed in between as empty. Making
 * the folder fails with ENOENT too: found to be there, it is looked at once more, and may be gone by then.
 */
async function openNew(path: string): Promise<FileHandle> {
  for (let tries = 1; ; tries++) {
    try {
      await mkdir(dirname(path), { recursive: true })
      return await open(path, 'wx')
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code !== 'ENOENT' || tries === triesToOpen) throw failure
    }
  }
}

/** A folder on this machine. A file appears under its name only once it is complete. */
export function folderBlobs(root: string): Blobs {
  return {
    async put(key, content) {
      await leaveProcess('Storing a file')
      const path = join(root, checkKey(key))
      const part = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}.part`
      const file = await openNew(part)
      try {
        await pipeline(content, file.createWriteStream({ flush: true }))
        await rename(part, path)
      } catch (failure) {
        await rm(part, { force: true })
        throw failure
      }
      return (await stat(path)).size
    },
    async get(key, range) {
      const path = join(root, checkKey(key))
      const found = await stat(path).catch(failure => {
        if (failure.code === 'ENOENT') return null
        throw failure
      })
      return found ? createReadStream(path, range) : null
    },
    async delete(key) {
      const path = join(root, checkKey(key))
      await rm(path, { force: true })
      // The folder goes with its last file. It is refused while a file is in it, so a new one cannot be lost.
      await rmdir(dirname(path)).catch(failure => {
        if (failure.code !== 'ENOTEMPTY' && failure.code !== 'EEXIST' && failure.code !== 'ENOENT')
          throw failure
      })
    },
  }
}

// An upload writes as it arrives, and none may pause for so long.
const abandonedPartMs = 24 * 60 * 60_000

/** Remove the beginnings of files that killed processes left below a folder; how many. */
export async function sweepParts(root: string, now = Date.now()): Promise<number> {
  let swept = 0
  const names = await Array.fromAsync(glob('**/*.part', { cwd: root }))
  const sweep = async (name: string) => {
    const path = join(root, name)
    // One that is gone meanwhile was finished, or swept by another process.
    const found = await stat(path).catch(() => null)
    if (!found || now - found.mtimeMs < abandonedPartMs) return
    await rm(path, { force: true })
    swept += 1
  }
  await eachAlone(names, sweep, 'half-written files were not removed')
  return swept
}

export type S3Settings = {
  endpoint: string | null
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
}

// Parts of this size are held in memory one at a time; S3 takes no smaller ones but the last.
const partBytes = 8 * 1024 * 1024

/** Any S3-compatible store, addressed path-style so that it works without wildcard DNS. */
export async function s3Blobs(settings: S3Settings): Promise<Blobs> {
  const s3 = await import('@aws-sdk/client-s3')
  const client = new s3.S3Client({
    region: settings.region,
    forcePathStyle: true,
    ...(settings.endpoint ? { endpoint: settings.endpoint } : {}),
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    // Trailing checksums are refused by many compatible stores.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  const at = (key: string) => ({ Bucket: settings.bucket, Key: checkKey(key) })

  async function* parts(content: Readable): AsyncGenerator<Buffer> {
    let held: Buffer[] = []
    let size = 0
    for await (const chunk of content) {
      held.push(chunk)
      size += chunk.length
      if (size >= partBytes) {
        yield Buffer.concat(held)
        held = []
        size = 0
      }
    }
    yield Buffer.concat(held)
  }

  return {
    async put(key, content, mediaType) {
      await leaveProcess('Storing a file')
      const pieces = parts(content)
      const first = (await pieces.next()).value as Buffer
      if (first.length < partBytes) {
        await client.send(new s3.PutObjectCommand({ ...at(key), Body: first, ContentType: mediaType }))
        return first.length
      }
      const { UploadId } = await client.send(
        new s3.CreateMultipartUploadCommand({ ...at(key), ContentType: mediaType }),
      )
      try {
        let size = 0
        const sent: { ETag: string | undefined; PartNumber: number }[] = []
        const send = async (piece: Buffer) => {
          const PartNumber = sent.length + 1
          const { ETag } = await client.send(
            new s3.UploadPartCommand({ ...at(key), UploadId, PartNumber, Body: piece }),
          )
          sent.push({ ETag, PartNumber })
          size += piece.length
        }
        await send(first)
        for await (const piece of pieces) if (piece.length > 0) await send(piece)
        await client.send(
          new s3.CompleteMultipartUploadCommand({ ...at(key), UploadId, MultipartUpload: { Parts: sent } }),
        )
        return size
      } catch (failure) {
        // Parts that cannot be removed now fall to the bucket's lifecycle rule; the caller needs the first failure.
        await client.send(new s3.AbortMultipartUploadCommand({ ...at(key), UploadId })).catch(() => {})
        throw failure
      }
    },
    async get(key, range) {
      try {
        const found = await client.send(
          new s3.GetObjectCommand({
            ...at(key),
            ...(range ? { Range: `bytes=${range.start}-${range.end}` } : {}),
          }),
        )
        return found.Body as Readable
      } catch (failure) {
        if ((failure as { name?: string }).name === 'NoSuchKey') return null
        throw failure
      }
    },
    async delete(key) {
      await client.send(new s3.DeleteObjectCommand(at(key)))
    },
  }
}
