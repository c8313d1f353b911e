/**
 * Rows as comma-separated values (RFC 4180): lines end in CRLF, a field with a comma, quote or line break is quoted.
 * A text that a spreadsheet would take for a formula is led by an apostrophe (OWASP, CSV injection): names and
 * e-mail addresses are what learners typed.
 */
export function csvOf(rows: (string | number | null)[][]): string {
  return rows.map(row => `${row.map(fieldOf).join(',')}\r\n`).join('')
}

function fieldOf(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^\s*[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}
