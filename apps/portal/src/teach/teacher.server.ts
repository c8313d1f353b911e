import { may } from '@azora/contracts/permissions.ts'
import { api, unless } from '../lib/api.server.ts'
import { requireAccount } from '../lib/session.server.ts'

/** Whether the signed-in person teaches; nobody signed in leads to the sign-in page and back to `path`. */
export async function isTeacher(path: string): Promise<boolean> {
  return may(await requireAccount(path), 'course.author')
}

/** The subjects of the school's catalogue, to offer while one is typed; none when the catalogue does not answer. */
export async function knownSubjects(): Promise<string[]> {
  const found = await unless((await api()).education.listCourses({ limit: 1 }), 'internal', 'unavailable')
  return found?.categories ?? []
}
