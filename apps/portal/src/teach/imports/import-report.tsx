'use client'
import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Table } from '@azora/ui/table.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useMemo, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { CourseImport } from './import-state.tsx'

type Report = NonNullable<CourseImport['report']>
type Entry = Report['entries'][number]
type Outcome = Entry['outcome']

const outcomes: Outcome[] = ['imported', 'attached', 'described', 'lost']
const tones: Record<Outcome, Tone> = { imported: 'good', attached: 'info', described: 'amber', lost: 'bad' }
const shownAtOnce = 100

/** What became of each entry of the file: counts that filter, a search, and the list. */
export function ImportReport({ report }: { report: Report }) {
  const t = useTranslations('imports')
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [search, setSearch] = useState('')
  const [limit, setLimit] = useState(shownAtOnce)
  const entries = useMemo(() => {
    const wanted = search.trim().toLowerCase()
    return report.entries
      .map((entry, index) => ({ ...entry, index }))
      .filter(
        entry =>
          (!outcome || entry.outcome === outcome) &&
          (!wanted || `${entry.path} ${entry.as} ${entry.reason ?? ''}`.toLowerCase().includes(wanted)),
      )
  }, [report, outcome, search])
  return (
    <div className="flex flex-col gap-5">
      <h2 className="text-xl font-bold">{t('report')}</h2>
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {outcomes.map(name => (
          <button
            key={name}
            type="button"
            aria-pressed={outcome === name}
            onClick={() => setOutcome(outcome === name ? null : name)}
            className="flex flex-col gap-1 rounded-card border border-line bg-surface p-4 text-start hover:border-accent aria-pressed:border-accent aria-pressed:bg-accent-soft"
          >
            <span className="text-2xl font-bold tabular-nums">{report.counts[name]}</span>
            <span>
              <Badge tone={report.counts[name] === 0 && name === 'lost' ? 'good' : tones[name]}>
                {t(`outcome_${name}`)}
              </Badge>
            </span>
            <span className="text-sm text-muted">{t(`outcomeHelp_${name}`)}</span>
          </button>
        ))}
      </div>
      <div className="max-w-md">
        <TextField label={t('search')} type="search" value={search} onChange={setSearch} />
      </div>
      <p role="status" className="text-sm text-muted">
        {t('shown', { count: entries.length, all: report.entries.length })}
      </p>
      <Table
        caption={t('report')}
        captionHidden
        rows={entries.slice(0, limit)}
        rowKey={entry => String(entry.index)}
        empty={
          <p className="rounded-card border border-dashed border-edge/50 p-8 text-center">{t('none')}</p>
        }
        columns={[
          {
            id: 'path',
            header: t('entry'),
            rowHeader: true,
            cell: entry => <span className="font-mono text-sm font-normal break-all">{entry.path}</span>,
          },
          {
            id: 'outcome',
            header: t('outcome'),
            cell: entry => <Badge tone={tones[entry.outcome]}>{t(`outcome_${entry.outcome}`)}</Badge>,
          },
          { id: 'as', header: t('became'), cell: entry => entry.as },
          {
            id: 'reason',
            header: t('why'),
            cell: entry => <span className="text-sm text-muted">{entry.reason ?? ''}</span>,
          },
        ]}
      />
      {entries.length > limit ? (
        <p className="text-center">
          <Button variant="secondary" onPress={() => setLimit(limit + 500)}>
            {t('showMore')}
          </Button>
        </p>
      ) : null}
    </div>
  )
}
