'use client'
import { DataTable } from '@azora/ui/data-table.tsx'
import { useTranslations } from '../../../i18n/client.tsx'
import type { Check } from './use-import.ts'

type Change = Check['found']['changes'][number]

/** Grade by grade what an import would change. */
export function Changes({ check: { found, book, learners } }: { check: Check }) {
  const t = useTranslations('gradebookImport')
  const names = new Map(learners.map(({ userId, name }) => [userId, name]))
  const titles = new Map(book.items.map(({ id, title }) => [id, title]))
  const shown = ({ score, excused }: Change['before']) =>
    excused ? t('excused') : score === null ? t('none') : String(score)
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t('changes', { count: found.changeCount })}</h2>
      {found.changes.length < found.changeCount ? (
        <p className="text-muted">{t('changesFirst', { count: found.changes.length })}</p>
      ) : null}
      {found.changes.length > 0 ? (
        <DataTable
          caption={t('changes', { count: found.changeCount })}
          rows={found.changes}
          rowKey={({ userId, itemId }) => `${userId} ${itemId}`}
          columns={[
            {
              id: 'learner',
              header: t('learner'),
              rowHeader: true,
              cell: ({ userId }) => names.get(userId) ?? '–',
            },
            { id: 'item', header: t('item'), cell: ({ itemId }) => titles.get(itemId) ?? '–' },
            {
              id: 'before',
              header: t('before'),
              align: 'end',
              cell: ({ before }) => <span className="text-muted">{shown(before)}</span>,
            },
            {
              id: 'after',
              header: t('after'),
              align: 'end',
              cell: ({ after }) => <strong>{shown(after)}</strong>,
            },
          ]}
        />
      ) : null}
    </section>
  )
}
