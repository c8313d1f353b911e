const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** A size in bytes in words: '1.4 MB'. Decimal units, as telephones show them. */
export function sizeText(locale: string, bytes: number): string {
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[power],
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value)
}
