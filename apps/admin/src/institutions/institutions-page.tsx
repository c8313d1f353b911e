import { may } from '@azora/contracts/permissions.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { call } from '../api.ts'
import { EmptyList } from '../lists/empty-list.tsx'
import { List } from '../lists/list.tsx'
import { SearchField } from '../lists/search-field.tsx'
import { useFilters } from '../lists/use-filters.ts'
import { useTranslations } from '../messages.ts'
import { Amounts } from './amounts.tsx'
import { InstitutionDialog } from './institution-dialog.tsx'
import { InstitutionsNav } from './institutions-nav.tsx'

const statuses = ['active', 'closed'] as const

/** Who buys on account; who holds the office of finance adds an institution here. */
export function InstitutionsPage() {
  const t = useTranslations('institutions')
  const navigate = useNavigate()
  const mayEdit = may(useAccount(), 'office:finance')
  const [adding, setAdding] = useState(false)
  const { values, set, clear, about, filtered } = useFilters(['q', 'status'])
  const filter = { search: values.q, status: statuses.find(one => one === values.status) }
  const list = usePage(`institutions ${about}`, (cursor, signal) =>
    call('payments.listInstitutions', { ...filter, cursor, limit: 50 }, { signal }),
  )
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={mayEdit ? <Button onPress={() => setAdding(true)}>{t('new')}</Button> : null}
      />
      <InstitutionsNav />
      <search className="mb-6 grid items-end gap-4 sm:grid-cols-2 lg:max-w-2xl">
        <SearchField label={t('search')} value={values.q ?? ''} onSearch={q => set({ q })} />
        <NativeSelect
          label={t('status')}
          value={filter.status ?? ''}
          onChange={({ target }) => set({ status: target.value })}
          options={[
            { id: '', label: t('anyStatus') },
            ...statuses.map(id => ({ id, label: t(`status_${id}`) })),
          ]}
        />
      </search>
      <List
        list={list}
        caption={t('title')}
        rowKey={one => one.id}
        columns={[
          {
            id: 'name',
            header: t('name'),
            rowHeader: true,
            cell: one => (
              <Link
                to={`/institutions/${one.id}`}
                className="underline decoration-line underline-offset-4 hover:decoration-current"
              >
                {one.name}
              </Link>
            ),
          },
          {
            id: 'status',
            header: t('status'),
            cell: ({ status }) => (
              <Badge tone={status === 'active' ? 'good' : 'neutral'}>{t(`status_${status}`)}</Badge>
            ),
          },
          { id: 'terms', header: t('terms'), cell: one => t('days', { n: one.termsDays }) },
          {
            id: 'owes',
            header: t('owes'),
            align: 'end',
            cell: one => <Amounts of={one.open} none={t('owesNothing')} />,
          },
        ]}
        empty={
          <EmptyList
            filtered={filtered}
            clear={clear}
            icon="building"
            title={t(filtered ? 'noMatch' : 'none')}
          >
            {t(filtered ? 'noMatchText' : 'noneText')}
          </EmptyList>
        }
      />
      {adding ? (
        <InstitutionDialog
          institution={null}
          onClose={() => setAdding(false)}
          onSaved={({ id }) => navigate(`/institutions/${id}`)}
        />
      ) : null}
    </>
  )
}
