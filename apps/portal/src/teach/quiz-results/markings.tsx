import { getLocale, getTranslations } from '../../i18n/server.ts'
import { PastMarks } from './past-marks.tsx'

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
    <PastMarks
      summary={t('markings', { count: markings.length })}
      marks={markings.map(({ place, points, comment, reason, markedBy, markedAt, superseded }) => ({
        key: `${place} ${markedAt}`,
        title: t(`marking_${place}`, { points: digits.format(points) }),
        aside: superseded ? t('superseded') : undefined,
        texts: [comment, reason],
        by: t(markedBy === reader ? 'byYou' : 'byOther'),
        at: markedAt,
      }))}
    />
  )
}
