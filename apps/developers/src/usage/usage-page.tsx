import { Card } from '@azora/ui/card.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import { faultText } from '@azora/web/calls/failures.ts'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useEffect, useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { useManagesIntegrations } from '../shell/not-allowed.tsx'
import { useTitle } from '../shell/use-title.ts'
import { BarChart } from './bar-chart.tsx'
import { filledBuckets, type Span, spanOf, spans } from './buckets.ts'
import { LimitsNow } from './limits-now.tsx'
import { useSourceNames } from './source-names.ts'
import { TopList } from './top-list.tsx'

type Usage = OutputOf<'integrations.getUsage'>
type Of = 'me' | 'school'

/** How much of the API is used, by oneself or by the school, and what one may use. */
export function UsagePage() {
  const t = useTranslations('usage')
  const common = useTranslations('common')
  useTitle(t('title'))
  const mayAll = useManagesIntegrations()
  const [of, setOf] = useState<Of>('me')
  const [span, setSpan] = useState<Span>('day')
  const [shown, setShown] = useState<{ usage: Usage; span: Span; until: number } | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const lost = common('connectionLost')
  useEffect(() => {
    const leaving = new AbortController()
    const { by, from, until } = spanOf(span, Date.now())
    const input = { of, by, from: new Date(from).toISOString(), until: new Date(until).toISOString() }
    setFault(null)
    call('integrations.getUsage', input, { signal: leaving.signal }).then(
      usage => setShown({ usage, span, until }),
      (failure: unknown) => {
        if (!leaving.signal.aborted) setFault(faultText(failure, lost))
      },
    )
    return () => leaving.abort()
  }, [of, span, lost])
  const nameOf = useSourceNames(mayAll)
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <div className="mb-6 grid gap-4 sm:max-w-xl sm:grid-cols-2">
        {mayAll ? (
          <NativeSelect
            label={t('of')}
            value={of}
            onChange={event => setOf(event.target.value as Of)}
            options={(['me', 'school'] as const).map(id => ({ id, label: t(`of_${id}`) }))}
          />
        ) : null}
        <NativeSelect
          label={t('span')}
          value={span}
          onChange={event => setSpan(event.target.value as Span)}
          options={spans.map(id => ({ id, label: t(`span_${id}`) }))}
        />
      </div>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : shown ? (
        <>
          <BarChart
            title={t('requests')}
            by={spanOf(shown.span, shown.until).by}
            buckets={filledBuckets(shown.usage.items, shown.span, shown.until)}
          />
          <div className="mt-6 grid gap-6 *:min-w-0 lg:grid-cols-2">
            <TopList
              title={t('topOperations')}
              empty={t('nothing')}
              rows={shown.usage.operations.map(({ operation, requests }) => ({
                id: operation,
                label: operation,
                count: requests,
                isCode: true,
              }))}
            />
            <TopList
              title={t('topSources')}
              empty={t('nothing')}
              rows={shown.usage.sources.map(source => ({
                id: `${source.kind} ${source.id}`,
                label: nameOf(source),
                count: source.requests,
              }))}
            />
          </div>
        </>
      ) : (
        <Card>
          <Skeleton className="h-64 w-full" />
        </Card>
      )}
      <LimitsNow />
    </>
  )
}
