import { openOffices } from '@azora/contracts/offices.ts'
import { may, schoolRoles } from '@azora/contracts/permissions.ts'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { Icon } from '@azora/ui/icon.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { Link } from 'react-router'
import { call } from '../api.ts'
import { CsvButton } from '../lists/csv-button.tsx'
import { EmptyList } from '../lists/empty-list.tsx'
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
  const officeNames = useTranslations('offices')
  const account = useAccount()
  const columns = usePeopleColumns()
  const { values, set, clear, about, filtered } = useFilters(['q', 'role', 'office', 'status'])
  const filter = {
    q: values.q,
    role: schoolRoles.find(one => one === values.role),
    office: openOffices.find(one => one === values.office),
    status: states.find(one => one === values.status),
  }
  const list = usePage(about, (cursor, signal) =>
    call('auth.listPeople', { ...filter, cursor, limit: 50 }, { signal }),
  )
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t(
          may(account, 'people.manage')
            ? 'text'
            : may(account, 'people.support')
              ? 'textSupport'
              : 'textReader',
        )}
        actions={
          <>
            <CsvButton path="/auth/people.csv" filter={filter} />
            {may(account, 'people.manage') ? (
              <Link to="/invitations?new=1" className={buttonStyle()}>
                <Icon name="plus" />
                {t('invite')}
              </Link>
            ) : null}
          </>
        }
      />
      <search className="mb-6 grid items-end gap-4 sm:grid-cols-3 lg:grid-cols-[2fr_1fr_1fr_1fr]">
        <div className="sm:max-lg:col-span-3">
          <SearchField label={t('search')} value={values.q ?? ''} onSearch={q => set({ q })} />
        </div>
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
          label={t('office')}
          value={filter.office ?? ''}
          onChange={event => set({ office: event.target.value })}
          options={[
            { id: '', label: t('anyOffice') },
            ...openOffices.map(office => ({ id: office, label: officeNames(office) })),
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
          <EmptyList
            filtered={filtered}
            clear={clear}
            icon="people"
            title={filtered ? t('noMatch') : t('nobody')}
          >
            {filtered ? t('noMatchText') : t('nobodyText')}
          </EmptyList>
        }
      />
    </>
  )
}
