import { Temporal } from 'temporal-polyfill'

/**
 * A day of the calendar, `2024-02-29`, in the school's time zone. Periods are counted in days: a day on which the
 * clocks change has 23 or 25 hours and costs what every other day costs. Days of four-digit years compare as text.
 */
export type Day = string

/** Whether it is a day that there is. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}

/** The day that a moment falls on, at the clocks of a place. @param timeZone an IANA name, `Africa/Johannesburg` */
export const dayAt = (moment: Date, timeZone: string): Day =>
  Temporal.Instant.fromEpochMilliseconds(moment.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString()

/** When a day begins at the clocks of a place. Not always midnight: some places skip it when the clocks change. */
export const startOf = (day: Day, timeZone: string): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds)

/** How many days after `from` the day `to` is; negative when it is before. @throws RangeError for no such day */
export const daysBetween = (from: Day, to: Day): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days

export const addDays = (day: Day, days: number): Day => Temporal.PlainDate.from(day).add({ days }).toString()

export const firstOf = (a: Day, b: Day): Day => (a < b ? a : b)

export const lastOf = (a: Day, b: Day): Day => (a > b ? a : b)
