import { formatMoney } from '@azora/contracts/money.ts'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useEffect, useRef } from 'react'
import { useTranslations } from '../messages.ts'
import { monthName } from './month-name.ts'

type Items = OutputOf<'payments.getRecurringRevenue'>['items']

const width = 720
const height = 200
const edge = { side: 8, top: 8, bottom: 26 }

/** A bar for the end of each month. The table below it says the same in numbers. */
export function RevenueChart({ items }: { items: Items }) {
  const t = useTranslations('revenue')
  const locale = useLocale()
  const top = Math.max(1, ...items.map(({ mrr }) => mrr.amountMinor))
  const slot = (width - 2 * edge.side) / Math.max(1, items.length)
  const inner = height - edge.top - edge.bottom
  const place = useRef<HTMLElement>(null)
  // On a narrow screen the last months are seen first: they are what one came for.
  const last = items.at(-1)?.month
  useEffect(() => {
    if (last) place.current?.scrollTo({ left: place.current.scrollWidth })
  }, [last])
  const short = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' })
  return (
    <section
      ref={place}
      aria-label={t('chart')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
      className="overflow-x-auto"
    >
      <svg
        role="img"
        aria-label={t('chartLabel')}
        viewBox={`0 0 ${width} ${height}`}
        className="w-full min-w-xl"
      >
        <line
          x1={edge.side}
          x2={width - edge.side}
          y1={height - edge.bottom}
          y2={height - edge.bottom}
          className="stroke-edge"
        />
        {items.map(({ month, mrr }, at) => {
          const tall = (inner * mrr.amountMinor) / top
          const x = edge.side + slot * at
          return (
            <g key={month}>
              <title>{`${monthName(locale, month)}: ${formatMoney(mrr, locale)}`}</title>
              <rect
                x={x + slot * 0.18}
                y={height - edge.bottom - tall}
                width={slot * 0.64}
                height={tall}
                className="fill-accent"
              />
              <text x={x + slot / 2} y={height - 8} textAnchor="middle" className="fill-muted text-[12px]">
                {short.format(new Date(`${month}-01T00:00:00Z`))}
              </text>
            </g>
          )
        })}
      </svg>
    </section>
  )
}
