import { may, schoolRoles } from '@azora/contracts/permissions.ts'
import { Button } from '@azora/ui/button.tsx'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { Link } from 'react-router'
import { call } from '../api.ts'
import { CsvButton } from '../lists/csv-button.tsx'
import { List } from '../lists/list.tsx'
import { SearchField } from '../lists/search-field.tsx'
import { useFilters } from '../lists/use-filters.ts'
import { useTranslations } from '../messages.ts'
import { usePeopleColumns } from './people-columns.tsx'

const states = ['active', 'suspended'] as const

/** The people of the school, searched and filtered. */
export function PeoplePage() {
  const t = useTranslations('people')
  const roleNames = useTranslations('roles')
  const lists = useTranslations('lists')
  const account = useAccount()
  const columns = usePeopleColumns()
  const { values, set, clear, about, filtered } = useFilters(['q', 'role', 'status'])
  const filter = {
    q: values.q,
    role: schoolRoles.find(one => one === values.role),
    status: states.find(one => one === values.status),
  }
  const list = usePage(about, (cursor, signal) =>
    call('auth.listPeople', { ...filter, cursor, limit: 50 }, { signal }),
  )
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          <>
            <CsvButton path="/auth/people.csv" filter={filter} />
            {may(account.roles, 'people.manage') ? (
              <Link to="/invitations?new=1" className={buttonStyle()}>
                <Icon name="plus" />
                {t('invite')}
              </Link>
            ) : null}
          </>
        }
      />
      <search className="mb-6 grid items-end gap-4 sm:grid-cols-[2fr_1fr_1fr]">
        <SearchField label={t('search')} value={values.q ?? ''} onSearch={q => set({ q })} />
        <NativeSelect
          label={t('role')}
          value={filter.role ?? ''}
          onChange={event => set({ role: event.target.value })}
          options={[
            { id: '', label: t('anyRole') },
            ...schoolRoles.map(role => ({ id: role, label: roleNames(role) })),
          ]}
        />
        <NativeSelect
          label={t('status')}
          value={filter.status ?? ''}
          onChange={event => set({ status: event.target.value })}
          options={[
            { id: '', label: t('anyStatus') },
            ...states.map(state => ({ id: state, label: t(`status_${state}`) })),
          ]}
        />
      </search>
      <List
        list={list}
        caption={t('title')}
        columns={columns}
        rowKey={person => person.id}
        empty={
          <EmptyState
            icon={filtered ? 'search' : 'people'}
            title={filtered ? t('noMatch') : t('nobody')}
            action={
              filtered ? (
                <Button variant="secondary" onPress={clear}>
                  {lists('clear')}
                </Button>
              ) : null
            }
          >
            {filtered ? t('noMatchText') : t('nobodyText')}
          </EmptyState>
        }
      />
    </>
  )
}
