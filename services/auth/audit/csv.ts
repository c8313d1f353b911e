/**
 * A line of CSV (RFC 4180). A spreadsheet takes a cell that begins with one of `= + - @`, a tab or a line end for a
 * formula, so text from outside that does gets an apostrophe before it.
 */
export function csvLine(cells: readonly (string | null | undefined)[]): string {
  return `${cells.map(cell => quoted(cell ?? '')).join(',')}\r\n`
}

function quoted(cell: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
