import { z } from 'zod'
import { operation } from '../operation.ts'
import { id } from '../wire.ts'
import { tags } from './shapes.ts'

const bytes = z.number().int()
const use = z.object({ usedBytes: bytes, limitBytes: bytes })

/** How much the files of courses take. */
export const storageOperations = {
  getStorageUse: operation({
    method: 'GET',
    path: '/education/storage',
    access: 'course.author',
    tags,
    summary:
      'How much of their storage the files you uploaded or imported take; for an administrator those of the school too.',
  })
    .input(z.object({}))
    .output(
      z.object({
        own: use,
        /** Null for who does not manage the school. `people`: the ten whose files take most. */
        school: use
          .extend({ people: z.array(z.object({ userId: id, name: z.string(), usedBytes: bytes })) })
          .nullable(),
      }),
    ),
}
