import { PageHeader } from '@azora/ui/page-header.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { call } from '../api.ts'
import { CsvButton } from '../lists/csv-button.tsx'
import { EmptyList } from '../lists/empty-list.tsx'
import { List } from '../lists/list.tsx'
import { useFilters } from '../lists/use-filters.ts'
import { useTranslations } from '../messages.ts'
import { AuditFilters, auditFilterNames, periodOf } from './audit-filters.tsx'
import { EntryOrigin, EntryStory } from './entry.tsx'
import { Verification } from './verification.tsx'

/** Who did what to whom, from where; and the proof that nobody has changed the account of it. */
export function AuditPage() {
  const t = useTranslations('audit')
  const filters = useFilters(auditFilterNames)
  const { values, about, filtered, clear } = filters
  const wanted = {
    q: values.q,
    action: values.action,
    actorId: values.actor,
    subjectId: values.subject,
    ...periodOf(values),
  }
  const list = usePage(about, (cursor, signal) =>
    call('auth.listAudit', { ...wanted, cursor, limit: 50 }, { signal }),
  )
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={<CsvButton path="/auth/audit.csv" filter={wanted} />}
      />
      <div className="flex flex-col gap-6">
        <Verification />
        <AuditFilters {...filters} shown={list.items} />
        <List
          list={list}
          caption={t('title')}
          rowKey={entry => entry.id}
          columns={[
            {
              id: 'story',
              header: t('what'),
              rowHeader: true,
              cell: entry => <EntryStory entry={entry} onFilter={filters.set} />,
            },
            { id: 'origin', header: t('where'), cell: entry => <EntryOrigin entry={entry} /> },
          ]}
          empty={
            <EmptyList
              filtered={filtered}
              clear={clear}
              icon="shield"
              title={filtered ? t('noMatch') : t('nothingYet')}
            >
              {filtered ? t('noMatchText') : t('nothingYetText')}
            </EmptyList>
          }
        />
      </div>
    </>
  )
}
