import { Card } from '@azora/ui/card.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import { Sparkline } from '@azora/ui/sparkline.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { call } from '../api.ts'
import { Failed } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'

const hours = 24
const hourMs = 3_600_000

/** How much of the API the school used in the last day. */
export function Usage() {
  const t = useTranslations('overview')
  const { value, fault, reload } = useLoad('usage', async signal => {
    const now = Date.now()
    const { items } = await call(
      'integrations.getUsage',
      {
        of: 'school',
        by: 'hour',
        from: new Date(now - hours * hourMs).toISOString(),
        until: new Date(now).toISOString(),
      },
      { signal },
    )
    // Hours in which nobody asked anything may be absent.
    const byHour = new Map(items.map(item => [Math.floor(Date.parse(item.at) / hourMs), item]))
    const last = Math.floor(now / hourMs)
    const values = Array.from({ length: hours }, (_, at) => byHour.get(last - hours + 1 + at)?.requests ?? 0)
    const sum = (field: 'requests' | 'limited' | 'failed') =>
      items.reduce((total, item) => total + item[field], 0)
    return { values, requests: sum('requests'), limited: sum('limited'), failed: sum('failed') }
  })
  if (fault) return <Failed fault={fault} onRetry={reload} />
  return (
    <Card as="section" className="flex flex-col gap-4">
      <h2 className="text-lg font-bold">{t('usage')}</h2>
      {value ? (
        <div className="grid items-center gap-5 sm:grid-cols-[auto_1fr]">
          <div>
            <p className="text-3xl font-bold tabular-nums">{t('number', { n: value.requests })}</p>
            <p className="text-sm text-muted">
              {t('usageText', { failed: value.failed, limited: value.limited })}
            </p>
          </div>
          <Sparkline
            label={t('usageLabel', { n: value.requests, most: Math.max(...value.values) })}
            values={value.values}
            className="h-16 w-full"
          />
        </div>
      ) : (
        <Skeleton className="h-16 w-full" />
      )}
    </Card>
  )
}
