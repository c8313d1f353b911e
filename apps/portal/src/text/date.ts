/** A day in words. The day is that of UTC, so that every reader of a certificate sees the same one. */
export function dayText(locale: string, time: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(time))
}
