import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { Moment } from '@azora/web/moment.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { EmptyList } from '../lists/empty-list.tsx'
import { List } from '../lists/list.tsx'
import { SearchField } from '../lists/search-field.tsx'
import { useFilters } from '../lists/use-filters.ts'
import { useTranslations } from '../messages.ts'
import type { School, Tier } from './school.ts'
import { EditSchoolDialog, OpenSchoolDialog } from './school-dialogs.tsx'

const tones: Record<Tier, Tone> = { free: 'neutral', pro: 'accent', enterprise: 'info' }

/** The schools of the installation, for those who run it. */
export function SchoolsPage() {
  const t = useTranslations('schools')
  const say = useToast()
  const { values, set, clear, about, filtered } = useFilters(['q'])
  const [opening, setOpening] = useState(false)
  const [editing, setEditing] = useState<School | null>(null)
  const list = usePage(about, (cursor, signal) =>
    call('auth.listOrganizations', { q: values.q, cursor, limit: 50 }, { signal }),
  )
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          <Button onPress={() => setOpening(true)}>
            <Icon name="plus" />
            {t('open')}
          </Button>
        }
      />
      <search className="mb-6 block max-w-md">
        <SearchField label={t('search')} value={values.q ?? ''} onSearch={q => set({ q })} />
      </search>
      <List
        list={list}
        caption={t('title')}
        rowKey={school => school.id}
        columns={[
          {
            id: 'name',
            header: t('name'),
            rowHeader: true,
            cell: school => (
              <>
                {school.name}
                <span className="block text-sm font-normal text-muted">{school.slug}</span>
              </>
            ),
          },
          { id: 'members', header: t('members'), align: 'end', cell: school => school.members },
          {
            id: 'tier',
            header: t('tier'),
            cell: school => <Badge tone={tones[school.tier]}>{t(`tier_${school.tier}`)}</Badge>,
          },
          {
            id: 'registration',
            header: t('registration'),
            cell: school => t(`registration_${school.registration}`),
          },
          { id: 'created', header: t('created'), cell: school => <Moment time={school.createdAt} /> },
          {
            id: 'edit',
            header: t('edit'),
            headerHidden: true,
            align: 'end',
            cell: school => (
              <Button
                variant="secondary"
                size="small"
                aria-label={t('editOf', { name: school.name })}
                onPress={() => setEditing(school)}
              >
                <Icon name="edit" />
                {t('edit')}
              </Button>
            ),
          },
        ]}
        empty={
          <EmptyList filtered={filtered} clear={clear} icon="building" title={t('noMatch')}>
            {t('noMatchText')}
          </EmptyList>
        }
      />
      {opening ? (
        <OpenSchoolDialog
          onClose={() => setOpening(false)}
          onOpened={(school, adminEmail) => {
            setOpening(false)
            say(t('opened', { name: school.name, email: adminEmail }))
            list.reload()
          }}
        />
      ) : null}
      {editing ? (
        <EditSchoolDialog
          school={editing}
          onClose={() => setEditing(null)}
          onSaved={school => {
            setEditing(null)
            list.replace(one => one.id === school.id, school)
            say(t('saved', { name: school.name }))
          }}
        />
      ) : null}
    </>
  )
}
