/**
 * A list of texts as PostgreSQL reads an array (manual, 8.15.2), to be cast there. The driver would do the same at several
 * times the cost, which of thousands of transfers is most of what Node does for them.
 */
export function arrayText(values: readonly (string | null)[]): string {
  return `{${values.map(elementText).join(',')}}`
}

function elementText(value: string | null): string {
  if (value === null) return 'NULL'
  return /["\\]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : `"${value}"`
}
