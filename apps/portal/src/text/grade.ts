/** A course grade in a line: `78.5% · B`. */
export function gradeText(
  locale: string,
  { percent, letter }: { percent: number; letter: string | null },
): string {
  const number = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(
    percent / 100,
  )
  return letter ? `${number} · ${letter}` : number
}
