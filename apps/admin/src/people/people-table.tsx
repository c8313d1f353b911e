import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { type Column, Table } from '@azora/ui/table.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { Moment } from '@azora/web/moment.tsx'
import { useState } from 'react'
import { useTranslations } from '../messages.ts'
import { RolesDialog } from './roles-dialog.tsx'

export type Person = OutputOf<'auth.listPeople'>['items'][number]

const tones: Record<Person['roles'][number], Tone> = {
  learner: 'neutral',
  instructor: 'accent',
  auditor: 'info',
  admin: 'amber',
  operator: 'amber',
}

type PeopleTableProps = {
  people: Person[]
  /** Who looks. */
  ownId: string
  /** Whether roles may be changed. */
  editable: boolean
  onChanged: (person: Person) => void
}

/** The people of the school, whose roles can be changed. */
export function PeopleTable({ people, ownId, editable, onChanged }: PeopleTableProps) {
  const t = useTranslations('admin')
  const say = useToast()
  const [changing, setChanging] = useState<Person | null>(null)
  const changed = (person: Person) => {
    onChanged(person)
    setChanging(null)
    say(t('rolesSaved', { name: person.name }))
  }
  const changeColumn: Column<Person> = {
    id: 'change',
    header: <span className="sr-only">{t('changeRoles')}</span>,
    align: 'end',
    cell: person => (
      <Button
        variant="quiet"
        size="small"
        aria-label={t('changeRolesOf', { name: person.name })}
        onPress={() => setChanging(person)}
      >
        <Icon name="edit" />
        {t('roles')}
      </Button>
    ),
  }
  return (
    <>
      <Table
        caption={t('people')}
        captionHidden
        rows={people}
        rowKey={person => person.id}
        columns={[
          {
            id: 'name',
            header: t('name'),
            rowHeader: true,
            cell: person => (
              <>
                {person.name}
                <span className="block text-sm font-normal text-muted">{person.email}</span>
              </>
            ),
          },
          {
            id: 'roles',
            header: t('roles'),
            cell: person => (
              <span className="flex flex-wrap gap-1.5">
                {person.roles.map(role => (
                  <Badge key={role} tone={tones[role]}>
                    {t(`role_${role}`)}
                  </Badge>
                ))}
              </span>
            ),
          },
          { id: 'joined', header: t('joined'), cell: person => <Moment time={person.createdAt} /> },
          {
            id: 'seen',
            header: t('lastSeen'),
            cell: person =>
              person.lastSeenAt ? (
                <Moment time={person.lastSeenAt} />
              ) : (
                <span className="text-muted">{t('never')}</span>
              ),
          },
          ...(editable ? [changeColumn] : []),
        ]}
      />
      {changing ? (
        <RolesDialog
          person={changing}
          own={changing.id === ownId}
          onClose={() => setChanging(null)}
          onChanged={changed}
        />
      ) : null}
    </>
  )
}
