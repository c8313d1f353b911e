const typed = /^(\d{1,3})(?:[.,](\d{1,2}))?$/

/** A percentage as a person types it, in hundredths of a per cent; null for anything else. No float on the way. */
export function typedBasisPoints(text: string): number | null {
  const [, whole = '', rest = ''] = typed.exec(text.replace(/[\s%]/g, '')) ?? []
  if (whole === '') return null
  const points = Number(whole) * 100 + Number(rest.padEnd(2, '0') || 0)
  return points <= 10_000 ? points : null
}

/** `12.5 %`, exact to the hundredth. */
export const percentText = (points: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(
    `${points}e-4` as `${number}`,
  )
