import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type Readable, Transform } from 'node:stream'
import type { Blobs } from '@azora/kit/blobs.ts'
import { safeFileName } from '@azora/kit/receive-file.ts'
import type { CartridgeFile } from '../cartridges/cartridge.ts'
import type { NewFile } from '../files/files.store.ts'
import { fileIdOf, type ImportJob } from './prepare-course.ts'
import { filePath } from './unpack-cartridge.ts'

const blobKeyOf = (courseId: string, fileId: string) => `files/${courseId}/${fileId}`

/** Where the files of an import are stored, whether they are already or not. */
export const storedKeys = (
  importId: string,
  { id, files }: { id: string; files: CartridgeFile[] },
): string[] => files.map(file => blobKeyOf(id, fileIdOf(importId, file.id)))

/** Store the unpacked files of a course as blobs, under ids that derive from the import. */
export async function storeFiles(
  { blobs }: { blobs: Blobs },
  job: ImportJob,
  source: { courseId: string; files: CartridgeFile[]; folder: string },
  progress: (done: number) => void,
): Promise<NewFile[]> {
  const { courseId, files, folder } = source
  const stored: NewFile[] = []
  const total = files.reduce((sum, file) => sum + file.size, 0)
  let bytes = 0
  for (const [at, file] of files.entries()) {
    const id = fileIdOf(job.importId, file.id)
    const blobKey = blobKeyOf(courseId, id)
    const { content, digest } = hashed(createReadStream(filePath(folder, at)))
    const size = await blobs.put(blobKey, content, file.mediaType)
    stored.push({
      id,
      organizationId: job.organizationId,
      courseId,
      name: safeFileName(file.name),
      mediaType: file.mediaType,
      size,
      sha256: digest(),
      blobKey,
      attachment: file.usedBy === 'attachment',
      createdBy: job.createdBy,
    })
    bytes += size
    progress(total > 0 ? bytes / total : 1)
  }
  return stored
}

function hashed(source: Readable): { content: Readable; digest(): string } {
  const hash = createHash('sha256')
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  source.on('error', failure => counted.destroy(failure))
  return { content: source.pipe(counted), digest: () => hash.digest('hex') }
}
