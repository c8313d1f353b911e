import { may, type SchoolRole, schoolRoles } from '@azora/contracts/permissions.ts'
import { Button } from '@azora/ui/button.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { PageButtons } from '@azora/web/shell/page-buttons.tsx'
import type { FormEvent } from 'react'
import { useSearchParams } from 'react-router'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { PeopleTable } from './people-table.tsx'

/** The people of the school, searched and filtered; the filters stand in the address. */
export function PeoplePage() {
  const t = useTranslations('admin')
  const common = useTranslations('common')
  const account = useAccount()
  const [search, setSearch] = useSearchParams()
  const q = search.get('q')?.trim().slice(0, 120) || undefined
  const role = schoolRoles.find(one => one === search.get('role'))
  const list = usePage(JSON.stringify([q, role]), (cursor, signal) =>
    call('auth.listPeople', { q, role, cursor, limit: 50 }, { signal }),
  )
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wanted = new URLSearchParams()
    for (const [name, value] of new FormData(event.currentTarget)) if (value) wanted.set(name, String(value))
    setSearch(wanted)
  }
  const roleLabel = (name: SchoolRole) => t(`role_${name}`)
  return (
    <>
      <PageHeader title={t('people')} />
      <search>
        <form
          key={search.toString()}
          onSubmit={apply}
          className="mb-6 grid items-end gap-4 sm:grid-cols-[2fr_1fr_auto]"
        >
          <TextField label={t('search')} name="q" type="search" defaultValue={q ?? ''} />
          <NativeSelect
            label={t('role')}
            name="role"
            defaultValue={role ?? ''}
            options={[
              { id: '', label: t('anyRole') },
              ...schoolRoles.map(name => ({ id: name, label: roleLabel(name) })),
            ]}
          />
          <Button type="submit" isPending={list.loading}>
            {t('apply')}
          </Button>
        </form>
      </search>
      {list.fault ? (
        <Notice tone="error" live>
          {list.fault}{' '}
          <Button size="small" variant="secondary" onPress={list.reload}>
            {common('retry')}
          </Button>
        </Notice>
      ) : null}
      {list.items.length > 0 ? (
        <PeopleTable
          people={list.items}
          ownId={account.id}
          editable={may(account.roles, 'people.manage')}
          onChanged={person => list.replace(one => one.id === person.id, person)}
        />
      ) : list.loading || list.fault ? null : (
        <EmptyState
          icon="search"
          title={t('noPeople')}
          action={
            <Button variant="secondary" onPress={() => setSearch({})}>
              {t('clear')}
            </Button>
          }
        >
          {t('noPeopleText')}
        </EmptyState>
      )}
      <PageButtons next={list.next} previous={list.previous} />
    </>
  )
}
