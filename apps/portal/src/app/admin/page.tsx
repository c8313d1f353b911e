import { role as roles } from '@azora/contracts/wire.ts'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import type { Metadata } from 'next'
import { AdminPage, administrator } from '../../admin/admin-page.tsx'
import { People } from '../../admin/people.tsx'
import { ClientMessages } from '../../i18n/client-messages.tsx'
import { getTranslations } from '../../i18n/server.ts'
import { api, need } from '../../lib/api.server.ts'
import { MoreLink } from '../../teach/more-link.tsx'
import { NotForRole } from '../../teach/not-for-role.tsx'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('people') }
}

export default async function PeoplePage({ searchParams }: Props) {
  const account = await administrator('/admin')
  if (!account) return <NotForRole part="admin" />
  const asked = await searchParams
  const one = (name: string) => (typeof asked[name] === 'string' && asked[name].trim()) || undefined
  const filters = {
    q: one('q')?.slice(0, 120),
    role: roles.options.find(option => option === one('role')),
  }
  const [t, people] = await Promise.all([
    getTranslations('admin'),
    need((await api()).auth.listPeople({ ...filters, cursor: one('cursor'), limit: 50 }), '/admin'),
  ])
  const address = (cursor: string) => {
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries(filters)) if (value) query.set(name, value)
    return `/admin?${query}&cursor=${cursor}`
  }
  return (
    <AdminPage section="people">
      <search>
        <form action="/admin" className="mb-6 grid items-end gap-4 sm:grid-cols-[2fr_1fr_auto]">
          <label className="flex flex-col gap-1.5">
            <span className="text-sm font-semibold">{t('search')}</span>
            <input
              type="search"
              name="q"
              defaultValue={filters.q}
              className="min-h-11 rounded-control border border-edge bg-surface px-3.5"
            />
          </label>
          <NativeSelect
            label={t('role')}
            name="role"
            defaultValue={filters.role ?? ''}
            options={[
              { id: '', label: t('anyRole') },
              ...roles.options.map(option => ({ id: option, label: t(`role_${option}`) })),
            ]}
          />
          <button type="submit" className={buttonStyle()}>
            {t('apply')}
          </button>
        </form>
      </search>
      {people.items.length ? (
        <ClientMessages of={['admin']}>
          <People people={people.items} ownId={account.id} />
        </ClientMessages>
      ) : (
        <EmptyState
          icon="search"
          title={t('noPeople')}
          action={
            <LinkButton href="/admin" variant="secondary">
              {t('clear')}
            </LinkButton>
          }
        >
          {t('noPeopleText')}
        </EmptyState>
      )}
      <MoreLink cursor={people.nextCursor} address={address} label={t('more')} />
    </AdminPage>
  )
}
