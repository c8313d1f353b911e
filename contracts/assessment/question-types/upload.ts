import { z } from 'zod'
import { limits } from '../../limits.ts'
import { markedByPerson, openRubric } from './essay.ts'
import type { QuestionType } from './question-type.ts'

/** Files that are handed in: documents, photos, recordings. A person marks them, by a rubric or by points alone. */

export const uploadKinds = ['document', 'photo', 'audio'] as const

const asked = {
  kinds: z
    .array(z.enum(uploadKinds))
    .max(uploadKinds.length)
    .default(['document', 'photo'])
    .meta({
      description:
        'The kinds of files that are taken. Documents are PDF, plain text and the files of word processors, spreadsheets and presentations; photos are JPEG, PNG and WebP; audio is WebM, Ogg, MP4, AAC, MP3 and WAV.',
      examples: [['document', 'photo']],
    }),
  mostFiles: z
    .number()
    .int()
    .min(1)
    .max(limits.filesOfAnswer)
    .default(1)
    .meta({ description: 'How many files an answer may have.', examples: [3] }),
  mostBytes: z
    .number()
    .int()
    .min(100_000)
    .max(limits.uploadBytes)
    .default(20_000_000)
    .meta({ description: 'How large each file may be, in bytes.', examples: [20_000_000] }),
}

export const uploadBody = z.object({ ...asked, ...markedByPerson })

const open = z.object({ ...asked, rubric: openRubric })

export const upload = {
  name: 'upload',
  body: uploadBody,
  open,
} as const satisfies QuestionType<'upload', typeof uploadBody, typeof open>
