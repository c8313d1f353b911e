import { Card } from '@azora/ui/card.tsx'
import { useLocale } from '@azora/web/i18n/client.tsx'

type TopListProps = {
  title: string
  /** Stands where there is nothing to list. */
  empty: string
  rows: { id: string; label: string; count: number; isCode?: boolean }[]
}

const most = 10

/** Who or what is asked most, each with its share drawn behind it. */
export function TopList({ title, empty, rows }: TopListProps) {
  const locale = useLocale()
  const shown = [...rows].sort((a, b) => b.count - a.count).slice(0, most)
  const top = shown[0]?.count ?? 1
  return (
    <Card as="section">
      <h2 className="mb-3 text-lg font-bold">{title}</h2>
      {shown.length === 0 ? <p className="text-muted">{empty}</p> : null}
      <ol className="flex flex-col gap-1.5">
        {shown.map(({ id, label, count, isCode }) => (
          <li
            key={id}
            className="relative flex items-center justify-between gap-4 overflow-hidden rounded-md px-3 py-1.5"
          >
            <span
              aria-hidden="true"
              className="absolute inset-y-0 start-0 rounded-md bg-accent-soft"
              style={{ inlineSize: `${(count / top) * 100}%` }}
            />
            <span className={`relative min-w-0 truncate ${isCode ? 'font-mono text-sm' : ''}`}>{label}</span>
            <span className="relative shrink-0 font-semibold tabular-nums">
              {new Intl.NumberFormat(locale).format(count)}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}
