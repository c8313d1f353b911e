import { invalidField } from '@azora/kit/errors.ts'

/** Lists with the newest first are paged by the time and the id of their last row. */
export type Place = { createdAt: string; id: string }

const shape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** The place after a row, as clients carry it. */
export function cursorAfter({ createdAt, id }: Place): string {
  return Buffer.from(`${createdAt} ${id}`).toString('base64url')
}

/** @throws AppError `invalid_input` for anything that `cursorAfter` did not make. */
export function readCursor(cursor: string): Place {
  const [, createdAt, id] = shape.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? []
  if (!createdAt || !id || Number.isNaN(Date.parse(createdAt))) {
    throw invalidField('cursor', 'cursor_unknown', { code: 'invalid_format' })
  }
  return { createdAt, id }
}

/** A page of at most `limit`, from rows of which one more than that was asked for. */
export function pageOf<T extends Place>(rows: T[], limit: number): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? cursorAfter(last) : null }
}

/** The pattern of a text that is looked for anywhere, in which `%` and `_` mean themselves; null to look for nothing. */
export function patternOf(q: string | undefined): string | null {
  const text = q?.trim()
  return text ? `%${text.replace(/[\\%_]/g, '\\$&')}%` : null
}
