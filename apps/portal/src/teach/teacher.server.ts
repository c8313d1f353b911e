import { may } from '@azora/contracts/permissions.ts'
import { requireAccount } from '../lib/session.server.ts'

/** Whether the signed-in person teaches; nobody signed in leads to the sign-in page and back to `path`. */
export async function isTeacher(path: string): Promise<boolean> {
  return may((await requireAccount(path)).roles, 'course.author')
}
