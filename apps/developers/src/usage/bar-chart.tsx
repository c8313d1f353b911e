import { Card } from '@azora/ui/card.tsx'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslations } from '../messages.ts'
import { type Bucket, niceTop } from './buckets.ts'

const width = 720
const height = 240
const edge = { start: 44, end: 6, top: 10, bottom: 26 }
const parts = ['answered', 'refused', 'limited', 'failed'] as const
type Part = (typeof parts)[number]
const fills: Record<Part, string> = {
  answered: 'fill-accent',
  refused: 'fill-info',
  limited: 'fill-amber',
  failed: 'fill-bad',
}
const dots: Record<Part, string> = {
  answered: 'bg-accent',
  refused: 'bg-info',
  limited: 'bg-amber',
  failed: 'bg-bad',
}

const partOf = (bucket: Bucket, part: Part) =>
  part === 'answered'
    ? Math.max(0, bucket.requests - bucket.refused - bucket.limited - bucket.failed)
    : bucket[part]

/** Requests over time as stacked bars, or as a table of the same numbers. */
export function BarChart({ title, by, buckets }: { title: string; by: 'hour' | 'day'; buckets: Bucket[] }) {
  const t = useTranslations('usage')
  const locale = useLocale()
  const id = useId()
  const [asTable, setAsTable] = useState(false)
  const total = buckets.reduce((sum, { requests }) => sum + requests, 0)
  const count = new Intl.NumberFormat(locale)
  // Days are counted by UTC; an hour is shown as the reader's clock does.
  const label = new Intl.DateTimeFormat(
    locale,
    by === 'hour' ? { hour: 'numeric' } : { day: 'numeric', month: 'short', timeZone: 'UTC' },
  )
  const nameOf = (bucket: Bucket) => label.format(new Date(bucket.at))
  return (
    <Card as="section" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2 id={id} className="text-lg font-bold">
          {title} <span className="font-normal text-muted tabular-nums">{t('total', { count: total })}</span>
        </h2>
        <button
          type="button"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
          className="min-h-9 rounded-control px-3 text-sm font-semibold text-accent-ink hover:bg-accent-soft"
        >
          {t(asTable ? 'asChart' : 'asTable')}
        </button>
      </div>
      {asTable ? (
        <section
          aria-labelledby={id}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1).
          tabIndex={0}
          className="max-h-96 overflow-auto rounded-control border border-line"
        >
          <table className="w-full border-collapse text-sm tabular-nums">
            <thead className="sticky top-0 bg-sunken text-muted">
              <tr>
                {[t('when'), ...parts.map(part => t(part))].map((head, at) => (
                  <th
                    key={head}
                    scope="col"
                    className={`px-3 py-2 font-semibold ${at ? 'text-end' : 'text-start'}`}
                  >
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {buckets.map(bucket => (
                <tr key={bucket.at} className="border-t border-line">
                  <th scope="row" className="px-3 py-1.5 text-start font-normal whitespace-nowrap">
                    {nameOf(bucket)}
                  </th>
                  {parts.map(part => (
                    <td key={part} className="px-3 py-1.5 text-end">
                      {count.format(partOf(bucket, part))}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : (
        <Bars buckets={buckets} nameOf={nameOf} label={t('chartLabel', { title, count: total })} />
      )}
      <ul className="flex flex-wrap gap-x-5 gap-y-1.5 text-sm text-muted">
        {parts.map(part => (
          <li key={part} className="flex items-center gap-2">
            <span aria-hidden="true" className={`size-3 rounded-sm ${dots[part]}`} />
            {t(part)}
          </li>
        ))}
      </ul>
    </Card>
  )
}

type BarsProps = { buckets: Bucket[]; nameOf: (bucket: Bucket) => string; label: string }

function Bars({ buckets, nameOf, label }: BarsProps) {
  const locale = useLocale()
  const top = niceTop(Math.max(0, ...buckets.map(({ requests }) => requests)))
  const inner = { width: width - edge.start - edge.end, height: height - edge.top - edge.bottom }
  const slot = inner.width / Math.max(1, buckets.length)
  const bar = Math.min(34, slot * 0.72)
  const y = (value: number) => edge.top + inner.height * (1 - value / top)
  const short = new Intl.NumberFormat(locale, { notation: 'compact' })
  const place = useRef<HTMLElement>(null)
  // What is new stands at the end; it is what one came for.
  const last = buckets.at(-1)?.at
  useEffect(() => {
    if (last) place.current?.scrollTo({ left: place.current.scrollWidth })
  }, [last])
  const everyNth = Math.ceil(buckets.length / 8)
  return (
    // On a narrow screen the chart keeps its size and scrolls: its hours are to be read.
    <section
      ref={place}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
      className="overflow-x-auto"
    >
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${width} ${height}`}
        className="w-full min-w-xl overflow-visible"
      >
        {[0, 0.25, 0.5, 0.75, 1].map(part => (
          <g key={part}>
            <line
              x1={edge.start}
              x2={width - edge.end}
              y1={y(top * part)}
              y2={y(top * part)}
              className={part === 0 ? 'stroke-edge' : 'stroke-line'}
              strokeWidth="1"
            />
            <text
              x={edge.start - 8}
              y={y(top * part) + 4}
              textAnchor="end"
              className="fill-muted text-[12px]"
            >
              {short.format(top * part)}
            </text>
          </g>
        ))}
        {buckets.map((bucket, at) => {
          const x = edge.start + slot * at + (slot - bar) / 2
          let below = 0
          return (
            <g key={bucket.at}>
              <title>{`${nameOf(bucket)}: ${bucket.requests}`}</title>
              {/* Wide and clear, so that the pointer finds a small bar too. */}
              <rect
                x={edge.start + slot * at}
                y={edge.top}
                width={slot}
                height={inner.height}
                fill="transparent"
              />
              {parts.map(part => {
                const value = partOf(bucket, part)
                if (value === 0) return null
                const from = below
                below += value
                return (
                  <rect
                    key={part}
                    x={x}
                    width={bar}
                    y={y(below)}
                    height={Math.max(1, y(from) - y(below))}
                    className={fills[part]}
                  />
                )
              })}
              {at % everyNth === 0 ? (
                <text x={x + bar / 2} y={height - 8} textAnchor="middle" className="fill-muted text-[12px]">
                  {nameOf(bucket)}
                </text>
              ) : null}
            </g>
          )
        })}
      </svg>
    </section>
  )
}
