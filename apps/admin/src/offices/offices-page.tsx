import { openOffices } from '@azora/contracts/offices.ts'
import { may } from '@azora/contracts/permissions.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { Moment } from '@azora/web/moment.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { call } from '../api.ts'
import { EmptyList } from '../lists/empty-list.tsx'
import { List } from '../lists/list.tsx'
import { useFilters } from '../lists/use-filters.ts'
import { useTranslations } from '../messages.ts'
import { OfficeBadges } from '../people/people-columns.tsx'
import { PersonLink } from '../people/person-link.tsx'

const spans = ['ever', 'now'] as const

/** Who held which office when. */
export function OfficesPage() {
  const t = useTranslations('offices')
  const manages = may(useAccount(), 'people.manage')
  const { values, set, clear, about, filtered } = useFilters(['office', 'held'])
  const filter = {
    office: openOffices.find(one => one === values.office),
    held: spans.find(one => one === values.held),
  }
  const list = usePage(about, (cursor, signal) =>
    call('auth.listOffices', { ...filter, cursor, limit: 50 }, { signal }),
  )
  const by = (who: { name: string } | null) =>
    who ? <span className="text-sm text-muted">{t('by', { name: who.name })}</span> : null
  return (
    <>
      <PageHeader title={t('historyTitle')} description={t(manages ? 'historyText' : 'historyTextReader')} />
      <search className="mb-6 grid items-end gap-4 sm:grid-cols-2 lg:max-w-2xl">
        <NativeSelect
          label={t('office')}
          value={filter.office ?? ''}
          onChange={event => set({ office: event.target.value })}
          options={[
            { id: '', label: t('anyOffice') },
            ...openOffices.map(office => ({ id: office, label: t(office) })),
          ]}
        />
        <NativeSelect
          label={t('which')}
          value={filter.held ?? 'ever'}
          onChange={event => set({ held: event.target.value === 'now' ? 'now' : '' })}
          options={spans.map(span => ({ id: span, label: t(span) }))}
        />
      </search>
      <List
        list={list}
        caption={t('historyTitle')}
        rowKey={row => row.id}
        columns={[
          {
            id: 'person',
            header: t('person'),
            rowHeader: true,
            cell: row => <PersonLink {...row.person} />,
          },
          { id: 'office', header: t('office'), cell: row => <OfficeBadges offices={[row.office]} /> },
          {
            id: 'since',
            header: t('since'),
            cell: row => (
              <span className="flex flex-col max-md:items-end">
                <Moment time={row.createdAt} />
                {by(row.givenBy)}
              </span>
            ),
          },
          {
            id: 'until',
            header: t('until'),
            cell: row =>
              row.endedAt ? (
                <span className="flex flex-col max-md:items-end">
                  <Moment time={row.endedAt} />
                  {by(row.endedBy)}
                </span>
              ) : (
                <Badge tone="good">{t('held')}</Badge>
              ),
          },
        ]}
        empty={
          <EmptyList
            filtered={filtered}
            clear={clear}
            icon="award"
            title={filtered ? t('noMatch') : t('noHistory')}
          >
            {filtered ? t('noMatchText') : t(manages ? 'noHistoryText' : 'noHistoryTextReader')}
          </EmptyList>
        }
      />
    </>
  )
}
