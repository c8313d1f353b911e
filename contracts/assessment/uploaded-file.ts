/** How an answer tells of a file that was handed in. Browsers carry it, so it stands apart from the operations. */

/** A file in an answer. */
export type UploadedFile = { id: string; mediaType: string; size: number; name: string }

/** As an answer holds it: id, type and size, and the name at the end, as it alone may hold spaces. */
export const uploadWritten = ({ id, mediaType, size, name }: UploadedFile) =>
  `${id} ${mediaType} ${size} ${name}`

/** What an answer holds, or null for anything else. */
export function uploadRead(text: string): UploadedFile | null {
  const [, id, mediaType, size, name] =
    /^([0-9a-f-]{36}) ([a-z]+\/[a-z0-9.+-]+) (\d+) (.+)$/s.exec(text) ?? []
  return id && mediaType && name ? { id, mediaType, size: Number(size), name } : null
}

/** Where a file is read, by its learner and by who teaches the course. */
export const uploadAddress = ({ id, name }: Pick<UploadedFile, 'id' | 'name'>) =>
  `/api/v1/assessment/uploads/${id}/${encodeURIComponent(name)}`
