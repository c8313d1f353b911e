'use client'
import { DataTable } from '@azora/ui/data-table.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import type { CourseImport } from './import-state.tsx'

type Tallies = NonNullable<NonNullable<CourseImport['report']>['tallies']>
type Row = { kind: keyof Tallies; tally: Tallies[keyof Tallies] }

const kinds = ['files', 'resources', 'items', 'references'] as const
const outcomes = ['imported', 'described', 'attached', 'lost'] as const

/** How much of what was in the file, and what became of it: each row adds up to its total. */
export function ImportTallies({ tallies }: { tallies: Tallies }) {
  const t = useTranslations('imports')
  return (
    <div className="flex flex-col gap-2">
      <h3 className="font-bold">{t('tallies')}</h3>
      <p className="text-sm text-muted">{t('talliesHelp')}</p>
      <DataTable
        caption={t('tallies')}
        rows={kinds.map(kind => ({ kind, tally: tallies[kind] }))}
        rowKey={row => row.kind}
        columns={[
          { id: 'kind', header: t('inTheFile'), rowHeader: true, cell: row => t(`kind_${row.kind}`) },
          ...outcomes.map(outcome => ({
            id: outcome,
            header: t(`outcome_${outcome}`),
            align: 'end' as const,
            cell: (row: Row) => row.tally[outcome],
          })),
          { id: 'total', header: t('total'), align: 'end', cell: row => <strong>{row.tally.total}</strong> },
        ]}
      />
    </div>
  )
}
