import { authorsCourse } from '@azora/contracts/education/author-rule.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { FileRow } from './files.store.ts'

/**
 * Whether someone may read a file: anyone a published course's cover, its author all of a course, and learners what is
 * shown to them `if_enrolled`, which the caller then looks up.
 * @param reader null for a visitor without an account.
 */
export function accessToFile(
  reader: Pick<Actor, 'userId' | 'roles' | 'offices'> | null,
  file: Pick<FileRow, 'instructorId' | 'isCover' | 'courseStatus' | 'forLearners'>,
): 'yes' | 'if_enrolled' | 'no' {
  if (file.isCover && file.courseStatus === 'published') return 'yes'
  if (!reader) return 'no'
  if (authorsCourse(reader, file)) return 'yes'
  return file.forLearners ? 'if_enrolled' : 'no'
}
