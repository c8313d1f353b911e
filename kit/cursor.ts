import { invalidField } from './errors.ts'

const rowId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A list position that is a row's id. @throws AppError `invalid_input` for anything else. */
export function idCursor(cursor: string | undefined): string | undefined {
  if (cursor !== undefined && !rowId.test(cursor)) {
    throw invalidField('cursor', 'cursor_unknown', { code: 'invalid_format' })
  }
  return cursor
}
