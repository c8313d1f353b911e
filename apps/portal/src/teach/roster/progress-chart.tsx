import { getLocale, getTranslations } from '../../i18n/server.ts'
import { type Band, bandsOf } from './bands.ts'

const barWidth = 64
const gap = 16
const height = 140

/** How many learners have come how far, as bars; the same figures stand as a table for those who open it. */
export async function ProgressChart({ percents, complete }: { percents: number[]; complete: boolean }) {
  const [t, locale] = await Promise.all([getTranslations('roster'), getLocale()])
  const bands = bandsOf(percents)
  const most = Math.max(1, ...bands.map(band => band.count))
  const width = bands.length * (barWidth + gap) - gap
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
      <svg
        aria-hidden="true"
        preserveAspectRatio="xMinYMid"
        viewBox={`0 -22 ${width} ${height + 48}`}
        className="max-h-56 w-full max-w-2xl"
      >
        {bands.map((band, index) => {
          const tall = Math.max(band.count ? 4 : 1, (band.count / most) * height)
          const x = index * (barWidth + gap)
          return (
            <g key={band.from}>
              <rect
                x={x}
                y={height - tall}
                width={barWidth}
                height={tall}
                rx="5"
                className={band.count === 0 ? 'fill-line' : band.from === 100 ? 'fill-good' : 'fill-accent'}
              />
              <text
                x={x + barWidth / 2}
                y={height - tall - 7}
                textAnchor="middle"
                className="fill-ink"
                fontSize="14"
                fontWeight="600"
              >
                {number.format(band.count)}
              </text>
              <text
                x={x + barWidth / 2}
                y={height + 20}
                textAnchor="middle"
                className="fill-muted"
                fontSize="12"
              >
                {name(band)}
              </text>
            </g>
          )
        })}
      </svg>
      <details className="mt-3 text-sm">
        <summary className="py-1 text-muted">{t('showTable')}</summary>
        <table className="mt-2">
          <caption className="sr-only">{t('chart')}</caption>
          <thead>
            <tr>
              <th scope="col" className="pe-8 text-start">
                {t('band')}
              </th>
              <th scope="col" className="text-end">
                {t('people')}
              </th>
            </tr>
          </thead>
          <tbody>
            {bands.map(band => (
              <tr key={band.from}>
                <th scope="row" className="pe-8 text-start font-normal">
                  {name(band)}
                </th>
                <td className="text-end tabular-nums">{number.format(band.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
