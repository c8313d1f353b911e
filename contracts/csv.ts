import { type Money, toDecimal } from './money.ts'

/**
 * Comma-separated values (RFC 4180), written in one place for every export. A spreadsheet takes a cell for a formula
 * that begins with one of `= + - @`, also in full width, after blanks, tabs, line breaks or characters that are not
 * seen; text from outside that does gets an apostrophe before it (OWASP, CSV injection).
 */

// What stands before the first visible character: spaces of all kinds, controls, and what takes no room.
const unseen = /^[\s\p{C}\p{Z}\p{M}\u115f\u1160\u3164\uffa0]+/u

function beginsFormula(text: string): boolean {
  // A spreadsheet reads ＝ and ﹢ as = and +; NFKC is what makes them so.
  const plain = text.slice(0, 200).normalize('NFKC')
  return /^[\t\r\n]/.test(plain) || /^[=+\-@|%\u2212]/.test(plain.replace(unseen, ''))
}

type Cell = string | number | Money | null | undefined

function fieldOf(value: Cell): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  if (typeof value === 'object') return toDecimal(value)
  const safe = beginsFormula(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One line, with its end. A number stays a number, an amount is an exact one; null is an empty cell. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(fieldOf).join(',')}\r\n`
}
