import { formatMoney } from '@azora/contracts/money.ts'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useTranslations } from '../messages.ts'
import { monthName } from './month-name.ts'

type Items = OutputOf<'payments.getRecurringRevenue'>['items']

const width = 720
const height = 200
const edge = { side: 8, top: 8, bottom: 34 }

/** A bar for the end of each month. The table below it says the same in numbers. */
export function RevenueChart({ items }: { items: Items }) {
  const t = useTranslations('revenue')
  const locale = useLocale()
  const top = Math.max(1, ...items.map(({ mrr }) => mrr.amountMinor))
  const slot = (width - 2 * edge.side) / Math.max(1, items.length)
  const inner = height - edge.top - edge.bottom
  const named = (month: string, style: 'short' | 'narrow') =>
    new Intl.DateTimeFormat(locale, { month: style, timeZone: 'UTC' }).format(
      new Date(`${month}-01T00:00:00Z`),
    )
  return (
    <svg role="img" aria-label={t('chartLabel')} viewBox={`0 0 ${width} ${height}`} className="w-full">
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
        const label = { x: x + slot / 2, y: height - 8, textAnchor: 'middle' } as const
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
            {/* The drawing shrinks with the screen; what is written in it must not. */}
            <text {...label} className="fill-muted text-[12px] max-sm:hidden">
              {named(month, 'short')}
            </text>
            <text {...label} className="fill-muted text-[26px] sm:hidden">
              {named(month, 'narrow')}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
