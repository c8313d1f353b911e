'use client'
import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { DataTable } from '@azora/ui/data-table.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useMemo, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { CourseImport } from './import-state.tsx'
import { ImportTallies } from './import-tallies.tsx'
import { useImportWords } from './use-import-words.ts'

type Report = NonNullable<CourseImport['report']>
type Entry = Report['entries'][number]
type Outcome = Entry['outcome']
type Filter = Outcome | 'hidden'

// What needs a look comes first.
const outcomes: Outcome[] = ['lost', 'attached', 'described', 'imported']
const filters: Filter[] = ['imported', 'described', 'attached', 'lost', 'hidden']
const tones: Record<Filter, Tone> = {
  imported: 'good',
  attached: 'info',
  described: 'amber',
  lost: 'bad',
  hidden: 'neutral',
}
const shownAtOnce = 100

const toneOf = (filter: Filter, count: number): Tone =>
  filter === 'lost' && count === 0 ? 'good' : tones[filter]

/** What became of each entry of the file: counts that filter and add up, a search, and the list. */
export function ImportReport({ report }: { report: Report }) {
  const t = useTranslations('imports')
  const words = useImportWords()
  const [filter, setFilter] = useState<Filter | null>(null)
  const [search, setSearch] = useState('')
  const [limit, setLimit] = useState(shownAtOnce)
  const entries = useMemo(() => {
    const wanted = search.trim().toLowerCase()
    return report.entries
      .map((entry, index) => ({ ...entry, index, became: words.became(entry), why: words.why(entry) }))
      .filter(
        entry =>
          (!filter || (filter === 'hidden' ? entry.hidden : entry.outcome === filter)) &&
          (!wanted ||
            `${entry.path} ${entry.became ?? ''} ${entry.why ?? ''}`.toLowerCase().includes(wanted)),
      )
      .toSorted((one, two) => outcomes.indexOf(one.outcome) - outcomes.indexOf(two.outcome))
  }, [report, filter, search, words])
  return (
    <div className="flex flex-col gap-5">
      <h2 className="text-xl font-bold">{t('report')}</h2>
      <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-5">
        {filters.map(name => (
          <button
            key={name}
            type="button"
            aria-pressed={filter === name}
            onClick={() => setFilter(filter === name ? null : name)}
            className="flex flex-col gap-1 rounded-card border border-line bg-surface p-4 text-start last:col-span-2 hover:border-accent aria-pressed:border-accent aria-pressed:bg-accent-soft md:last:col-span-1"
          >
            <span className="text-2xl font-bold tabular-nums">{report.counts[name]}</span>
            <span>
              <Badge tone={toneOf(name, report.counts[name])}>{t(`outcome_${name}`)}</Badge>
            </span>
            <span className="text-sm text-muted">{t(`outcomeHelp_${name}`)}</span>
          </button>
        ))}
      </div>
      {report.tallies ? <ImportTallies tallies={report.tallies} /> : null}
      <div className="max-w-md">
        <TextField label={t('search')} type="search" value={search} onChange={setSearch} />
      </div>
      <p role="status" className="text-sm text-muted">
        {t('shown', { count: entries.length, all: report.entries.length })}
      </p>
      {entries.length === 0 ? (
        <p className="rounded-card border border-dashed border-edge/50 p-8 text-center">{t('none')}</p>
      ) : null}
      <DataTable
        caption={t('report')}
        rows={entries.slice(0, limit)}
        rowKey={entry => String(entry.index)}
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
            cell: entry => (
              <span className="flex flex-wrap gap-1.5">
                <Badge tone={tones[entry.outcome]}>{t(`outcome_${entry.outcome}`)}</Badge>
                {entry.hidden ? <Badge tone={tones.hidden}>{t('outcome_hidden')}</Badge> : null}
              </span>
            ),
          },
          {
            id: 'as',
            header: t('became'),
            cell: entry => (
              <span className="flex flex-col gap-1 [overflow-wrap:anywhere]">
                {entry.became ? <span>{entry.became}</span> : null}
                {entry.why ? <span className="text-sm text-muted">{entry.why}</span> : null}
              </span>
            ),
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
