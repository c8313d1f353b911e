import { getLocale, getTranslations } from '../../i18n/server.ts'
import { PastMarks } from './past-marks.tsx'

type Change = {
  id: string
  kind: 'overridden' | 'taken_back' | 'regraded'
  fromPoints: number
  toPoints: number
  reason: string | null
  changedBy: string
  changedAt: string
}

/** How the mark of an answer was changed since it was graded, newest first. */
export async function MarkHistory({ changes, reader }: { changes: Change[]; reader: string | undefined }) {
  const [t, locale] = await Promise.all([getTranslations('regrading'), getLocale()])
  if (changes.length === 0) return null
  const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  return (
    <PastMarks
      summary={t('history', { count: changes.length })}
      marks={changes.map(({ id, kind, fromPoints, toPoints, reason, changedBy, changedAt }) => ({
        key: id,
        title: t(`change_${kind}`, { from: digits.format(fromPoints), to: digits.format(toPoints) }),
        texts: [reason],
        by: t(changedBy === reader ? 'byYou' : 'byOther'),
        at: changedAt,
      }))}
    />
  )
}
