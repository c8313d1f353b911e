'use client'
import { useLocale } from './i18n/client.tsx'
import { useTimeZone } from './time-zone.ts'

const timeStyles = { day: {}, minute: { timeStyle: 'short' }, second: { timeStyle: 'medium' } } as const

/** A point in time. The server writes it in UTC, the browser then in the reader's own time zone. */
export function Moment({
  time,
  precision = 'minute',
}: {
  time: string
  precision?: 'day' | 'minute' | 'second'
}) {
  const locale = useLocale()
  const zone = useTimeZone()
  const shown = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    ...timeStyles[precision],
    timeZone: zone,
  }).format(new Date(time))
  return (
    <time dateTime={time} className="whitespace-nowrap">
      {shown}
    </time>
  )
}
