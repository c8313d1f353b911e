'use client'
import { useTimeZone } from '@azora/web/time-zone.ts'
import { useLocale } from '../i18n/client.tsx'

/** A time to be there at: the day and the hour with its time zone, that of the reader once the browser has the page. */
export function LocalTime({ time }: { time: string }) {
  const text = useLocalTime()
  return <time dateTime={time}>{text(time)}</time>
}

/** The same as a text, to stand in a sentence. */
export function useLocalTime(): (time: string) => string {
  const locale = useLocale()
  const zone = useTimeZone()
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone: zone,
  })
  return time => format.format(new Date(time))
}
