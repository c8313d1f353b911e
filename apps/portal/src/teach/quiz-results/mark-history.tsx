import { getLocale, getTranslations } from '../../i18n/server.ts'
import { Moment } from '../moment.tsx'

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
    <details className="rounded-control border border-line">
      <summary className="min-h-11 px-4 py-2.5 text-sm font-semibold">
        {t('history', { count: changes.length })}
      </summary>
      <ol className="flex flex-col gap-3 border-t border-line p-4">
        {changes.map(({ id, kind, fromPoints, toPoints, reason, changedBy, changedAt }) => (
          <li key={id} className="border-s-2 border-line ps-4">
            <p className="font-semibold">
              {t(`change_${kind}`, { from: digits.format(fromPoints), to: digits.format(toPoints) })}
            </p>
            {reason ? <p className="text-sm wrap-anywhere">{reason}</p> : null}
            <p className="text-sm text-muted">
              {t(changedBy === reader ? 'byYou' : 'byOther')} · <Moment time={changedAt} />
            </p>
          </li>
        ))}
      </ol>
    </details>
  )
}
