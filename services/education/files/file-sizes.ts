import type { Database } from '@azora/kit/db.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { selectEnrolledAmong } from '../enrollments/enrollments.store.ts'
import { accessToFile } from './file-rules.ts'
import { selectFiles } from './files.store.ts'

/** How large files are, of those that the reader may have; nothing is told of any other. */
export async function readFileSizes(db: Database, actor: Actor, fileIds: string[]) {
  const school = db.in(actor.organizationId)
  const files = await selectFiles(school, fileIds)
  const asked = files.map(file => ({ file, access: accessToFile(actor, file) }))
  const courses = asked.flatMap(({ file, access }) => (access === 'if_enrolled' ? [file.courseId] : []))
  const enrolled = courses.length > 0 ? await selectEnrolledAmong(school, actor.userId, courses) : []
  return asked.flatMap(({ file, access }) => {
    const readable = access === 'yes' || (access === 'if_enrolled' && enrolled.includes(file.courseId))
    return readable ? [{ id: file.id, mediaType: file.mediaType, size: file.size }] : []
  })
}
