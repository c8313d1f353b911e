import { AppError, fieldFault } from '@azora/kit/errors.ts'
import type { Inspection } from '@azora/kit/receive-file.ts'
import { type FileType, fileTypeOf, headBytes, type UploadKind } from './file-types.ts'

/** Looks at a file as it passes, and refuses what a question does not take before the rest of it arrives. */
export function inspectFile(name: string, kinds: readonly UploadKind[]): Inspection & { type(): FileType } {
  let head: Buffer = Buffer.alloc(0)
  let found: FileType | null = null
  const decide = () => {
    const type = fileTypeOf(head, name)
    if (type === 'heic') throw refused('file_heic')
    if (!type || !kinds.includes(type.kind)) throw refused('file_not_taken')
    found = type
  }
  return {
    take(chunk) {
      if (!found) {
        head = Buffer.concat([head, chunk]).subarray(0, headBytes)
        if (head.length === headBytes) decide()
      }
      if (found?.mediaType === 'text/plain' && chunk.includes(0)) throw refused('file_not_taken')
    },
    end() {
      if (!found) decide()
    },
    type() {
      if (!found) throw new Error('The file has not been looked at.')
      return found
    },
  }
}

const refused = (reason: 'file_heic' | 'file_not_taken') =>
  new AppError('invalid_input', { fields: [fieldFault('body', reason, { code: 'custom' })] })
