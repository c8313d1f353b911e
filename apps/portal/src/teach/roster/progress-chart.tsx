import { getLocale, getTranslations } from '../../i18n/server.ts'
import { type Band, bandsOf } from './bands.ts'

/** How many learners have come how far, as bars with their numbers beside them, which a phone can show. */
export async function ProgressChart({ percents, complete }: { percents: number[]; complete: boolean }) {
  const [t, locale] = await Promise.all([getTranslations('roster'), getLocale()])
  const bands = bandsOf(percents)
  const most = Math.max(1, ...bands.map(band => band.count))
  const number = new Intl.NumberFormat(locale)
  const name = (band: Band) =>
    band.from === 100 ? t('bandDone') : t('bandRange', { from: band.from, to: band.to })
  return (
    <figure className="rounded-card border border-line bg-surface p-5 shadow-card">
      <figcaption className="mb-4 font-bold">
        {t('chart')}
        {complete ? null : (
          <span className="ms-2 text-sm font-normal text-muted">
            {t('chartOf', { count: percents.length })}
          </span>
        )}
      </figcaption>
      <ul className="flex max-w-2xl flex-col gap-2.5">
        {bands.map(band => (
          <li key={band.from} className="grid grid-cols-[6.5rem_minmax(0,1fr)_2.5rem] items-center gap-3">
            <span className="text-sm text-muted tabular-nums">{name(band)}</span>
            <span aria-hidden="true" className="h-4 overflow-hidden rounded-full bg-sunken">
              <span
                className={`block h-full rounded-full ${band.from === 100 ? 'bg-good' : 'bg-accent'}`}
                style={{ inlineSize: `${(100 * band.count) / most}%` }}
              />
            </span>
            <span className="text-end font-semibold tabular-nums">
              {number.format(band.count)}
              <span className="sr-only"> {t('people')}</span>
            </span>
          </li>
        ))}
      </ul>
    </figure>
  )
}
