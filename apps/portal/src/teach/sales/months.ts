/** How far back sales are offered; earlier ones are there by the API. */
const monthsBack = 36

/** `2026-11` */
const pattern = /^\d{4}-(0[1-9]|1[0-2])$/

const monthOf = (date: Date): string => date.toISOString().slice(0, 7)

/** This month and those before, the newest first. */
export function recentMonths(now: Date): string[] {
  return Array.from({ length: monthsBack }, (_, back) =>
    monthOf(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1))),
  )
}

/** The months that an address asks for, in their order; a year until now where it asks for none. */
export function askedMonths(
  { from, to }: Record<string, string | string[] | undefined>,
  now: Date,
): { from: string; to: string } {
  const isMonth = (text: unknown): text is string => typeof text === 'string' && pattern.test(text)
  const [first = '', last = ''] = [
    isMonth(from) ? from : (recentMonths(now)[11] ?? ''),
    isMonth(to) ? to : monthOf(now),
  ].sort()
  return { from: first, to: last }
}
