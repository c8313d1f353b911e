import { api, need } from '../../lib/api.server.ts'

type Client = Awaited<ReturnType<typeof api>>
export type RosterEntry = Awaited<ReturnType<Client['education']['getRoster']>>['items'][number]

// Ten pages of the largest size: enough for a school year, little enough for one page to wait for.
const mostPages = 10
const pageSize = 100

/** The learners of a course, or of a group of it, up to a thousand; `complete` tells whether that is all of them. */
export async function rosterOf(
  courseId: string,
  path: string,
  groupId?: string,
): Promise<{ entries: RosterEntry[]; complete: boolean }> {
  const client = await api()
  const entries: RosterEntry[] = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const found = await need(client.education.getRoster({ courseId, groupId, limit: pageSize, cursor }), path)
    entries.push(...found.items)
    if (!found.nextCursor) return { entries, complete: true }
    cursor = found.nextCursor
  }
  return { entries, complete: false }
}
