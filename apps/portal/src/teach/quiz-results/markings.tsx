import { getLocale, getTranslations } from '../../i18n/server.ts'
import { Moment } from '../moment.tsx'

type Marking = {
  place: 'first' | 'second' | 'decision'
  points: number
  comment: string
  reason: string
  markedBy: string
  markedAt: string
  superseded: boolean
}

/** Who gave which mark of an answer that more than one person marked, the oldest first. */
export async function Markings({ markings, reader }: { markings: Marking[]; reader: string | undefined }) {
  const [t, locale] = await Promise.all([getTranslations('regrading'), getLocale()])
  if (markings.length === 0) return null
  const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 })
  return (
    <details className="rounded-control border border-line">
      <summary className="min-h-11 px-4 py-2.5 text-sm font-semibold">
        {t('markings', { count: markings.length })}
      </summary>
      <ol className="flex flex-col gap-3 border-t border-line p-4">
        {markings.map(({ place, points, comment, reason, markedBy, markedAt, superseded }) => (
          <li key={`${place} ${markedAt}`} className="border-s-2 border-line ps-4">
            <p className="font-semibold">
              {t(`marking_${place}`, { points: digits.format(points) })}
              {superseded ? <span className="font-normal text-muted"> · {t('superseded')}</span> : null}
            </p>
            {comment ? <p className="text-sm wrap-anywhere whitespace-pre-wrap">{comment}</p> : null}
            {reason ? <p className="text-sm wrap-anywhere">{reason}</p> : null}
            <p className="text-sm text-muted">
              {t(markedBy === reader ? 'byYou' : 'byOther')} · <Moment time={markedAt} />
            </p>
          </li>
        ))}
      </ol>
    </details>
  )
}
