import Papa from 'papaparse'

/** The lines of a CSV file, whatever of comma, semicolon or tab divides its cells; null where it is none. */
export function linesOf(text: string): string[][] | null {
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\ufeff/, ''), { skipEmptyLines: false })
  const isBroken = errors.some(({ type }) => type === 'Quotes')
  return isBroken || data.length < 2 ? null : data
}
