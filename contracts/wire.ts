import { z } from 'zod'
import { roles, schoolRoles } from './permissions.ts'

/** The shapes that several services share on the wire. JSON-native: ISO 8601 strings for time, UUIDv7 ids. */

export const id = z.uuid()
export const time = z.iso.datetime({ offset: true })
export const role = z.enum(roles)
export const schoolRole = z.enum(schoolRoles)
export const percent = z.number().int().min(0).max(100)

/** A line of text a person typed: trimmed, not empty, no control characters. */
export const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}]*$/u, 'Control characters are not accepted.')

/** Rich text as HTML; the service cleans it with an allow-list before it is stored. */
export const html = z.string().max(500_000)

/** Ask for a page of a list: `cursor` is the opaque `nextCursor` of the page before. */
export const paging = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(24),
}

/** A page of a list. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

export const done = z.object({ ok: z.literal(true) })
