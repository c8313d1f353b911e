'use client'
import { useLocale } from './i18n/client.tsx'
import { useTimeZone } from './time-zone.ts'

/** A point in time. The server writes it in UTC, the browser then in the reader's own time zone. */
export function Moment({ time, withSeconds }: { time: string; withSeconds?: boolean }) {
  const locale = useLocale()
  const zone = useTimeZone()
  const shown = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: withSeconds ? 'medium' : 'short',
    timeZone: zone,
  }).format(new Date(time))
  return (
    <time dateTime={time} className="whitespace-nowrap">
      {shown}
    </time>
  )
}
