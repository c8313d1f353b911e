const units = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** A size in bytes in words: '50 kB', '1.4 MB'. Decimal units, as telephones show them, and none below a kilobyte. */
export function sizeText(locale: string, bytes: number): string {
  const power = bytes < 1000 ? 1 : Math.min(units.length, Math.floor(Math.log10(bytes) / 3))
  const text = (at: number) => {
    const value = bytes / 1000 ** at
    return { value, digits: value < 9.95 ? 1 : 0, unit: units[at - 1] }
  }
  // 999.6 kB would be shown as 1,000 kB.
  const shown = text(power).value >= 999.5 && power < units.length ? text(power + 1) : text(power)
  // A file that holds something is never shown as nothing.
  const value = bytes > 0 ? Math.max(0.1, shown.value) : 0
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: shown.unit,
    maximumFractionDigits: shown.digits,
  }).format(value)
}
