import type { Database } from '@azora/kit/db.ts'
import { pageOf, readCursor } from '../list-cursor.ts'
import { selectPrivacyRequests } from './requests.store.ts'

/**
 * What members of a school have asked for about their data and how far it is, the latest first; nothing of the data.
 * What has ended is in the audit log.
 * @throws AppError `invalid_input` for a cursor not of this list.
 */
export async function listPrivacyRequests(
  db: Database,
  organizationId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) {
  const before = cursor === undefined ? null : readCursor(cursor)
  return pageOf(await selectPrivacyRequests(db.in(organizationId), { before, limit: limit + 1 }), limit)
}
