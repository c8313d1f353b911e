/** A one-line input within a row of the quiz editor. */
export const inputStyle =
  'min-h-11 w-full min-w-0 rounded-control border border-edge bg-surface px-3.5 py-2 placeholder:text-muted disabled:opacity-60'
export const rowStyle = 'flex flex-wrap items-end gap-3 rounded-control border border-line p-3'
