import { z } from 'zod'
import { commonFailures } from './failures.ts'
import { limits } from './limits.ts'
import { cleanName, nameFault } from './names.ts'
import { offices } from './offices.ts'
import { roles, schoolRoles } from './permissions.ts'

/** The shapes that several services share on the wire. JSON-native: ISO 8601 strings for time, UUIDv7 ids. */

export const id = z.uuid()
export const time = z.iso.datetime({ offset: true })
export const role = z.enum(roles)
export const schoolRole = z.enum(schoolRoles)
export const percent = z.number().int().min(0).max(100)

// As a description for programs: the whole rule (names.ts) is more than a pattern of every language can say.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is there to keep them out
const noControls = /^[^\u0000-\u001f\u007f-\u009f]*$/

/** A name, or another line of text that a person typed: see names.ts for what is cleaned and what is refused. */
export const line = (most: number) =>
  z
    .string()
    // Far too long a text is refused as it is: to clean it would take long.
    .overwrite(text => (text.length > most * 4 ? text : cleanName(text)))
    .min(1)
    .max(most, { abort: true })
    .regex(noControls, { error: commonFailures.fields.name_controls, abort: true })
    .check(context => {
      const message = nameFault(context.value)
      if (message) context.issues.push({ code: 'custom', input: context.value, message })
    })

/**
 * The name of an uploaded file, as the person's disk has it. Nobody chose it for us, so it is never refused for its
 * characters: the service makes a name from it that is fit to show. The bound is of what may have to be cleaned.
 */
export const uploadName = z.string().min(1).max(1000)

/** Rich text as HTML; the service cleans it with an allow-list before it is stored. */
export const html = z.string().max(limits.htmlLength)

/**
 * For a choice that grows with the services, such as a scope: an answer may one day hold one that its reader does not
 * know, and the reader passes over it. So a new one breaks no promise (released/compatibility.ts).
 */
export const growing = { 'x-azora-growing': true }

/** More offices come with the services that they are for. */
export const office = z.enum(offices).meta(growing)

/** Ask for a page of a list: `cursor` is the opaque `nextCursor` of the page before. */
export const paging = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(24),
}

/** A page of a list. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

export const done = z.object({ ok: z.literal(true) })
