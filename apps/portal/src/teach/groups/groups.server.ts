import { api, need } from '../../lib/api.server.ts'

type Client = Awaited<ReturnType<typeof api>>
export type CourseGroups = Awaited<ReturnType<Client['education']['listGroups']>>
export type Group = CourseGroups['items'][number]

/** The groups of a course, and the one that an address asks for, if there is such a group. */
export async function groupsFor(courseId: string, path: string, asked: string | string[] | undefined) {
  const client = await api()
  const { items } = await need(client.education.listGroups({ courseId }), path)
  return { groups: items, groupId: items.find(({ id }) => id === asked)?.id }
}
