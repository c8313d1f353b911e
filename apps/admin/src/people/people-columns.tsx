import { offices as officeNames } from '@azora/contracts/offices.ts'
import { Badge, type Tone } from '@azora/ui/badge.tsx'
import type { DataColumn } from '@azora/ui/data-table.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { Moment } from '@azora/web/moment.tsx'
import { Link, useLocation } from 'react-router'
import { useTranslations } from '../messages.ts'

export type Person = OutputOf<'auth.listPeople'>['items'][number]
type Role = Person['roles'][number]

const tones: Record<Role, Tone> = {
  learner: 'neutral',
  instructor: 'accent',
  auditor: 'info',
  admin: 'amber',
  operator: 'amber',
}

/** What someone may do in the school, in their order. */
export function RoleBadges({ roles }: { roles: readonly Role[] }) {
  const t = useTranslations('roles')
  return (
    <span className="flex flex-wrap gap-1.5 max-md:justify-end">
      {roles.map(role => (
        <Badge key={role} tone={tones[role]}>
          {t(role)}
        </Badge>
      ))}
    </span>
  )
}

/** What someone holds beside their roles. */
export function OfficeBadges({ offices }: { offices: Person['offices'] }) {
  const t = useTranslations('offices')
  if (offices.length === 0) return null
  return (
    <span className="flex flex-wrap gap-1.5 max-md:justify-end">
      {officeNames
        .filter(office => offices.includes(office))
        .map(office => (
          <Badge key={office} tone="good">
            <Icon name="award" className="size-4!" />
            {t(office)}
          </Badge>
        ))}
    </span>
  )
}

/** Whether someone may come in. */
export function StatusBadge({ status }: { status: Person['status'] }) {
  const t = useTranslations('people')
  return <Badge tone={status === 'active' ? 'good' : 'bad'}>{t(`status_${status}`)}</Badge>
}

/** The columns of the list of people. */
export function usePeopleColumns(): DataColumn<Person>[] {
  const t = useTranslations('people')
  const { search } = useLocation()
  return [
    {
      id: 'name',
      header: t('name'),
      rowHeader: true,
      cell: person => (
        <>
          <Link
            to={`/people/${person.id}`}
            state={{ search }}
            className="underline decoration-line underline-offset-4 hover:decoration-current"
          >
            {person.name}
          </Link>
          <span className="block text-sm font-normal break-all text-muted">{person.email}</span>
        </>
      ),
    },
    {
      id: 'roles',
      header: t('roles'),
      cell: person => (
        <span className="flex flex-col gap-1.5">
          <RoleBadges roles={person.roles} />
          <OfficeBadges offices={person.offices} />
        </span>
      ),
    },
    { id: 'status', header: t('status'), cell: person => <StatusBadge status={person.status} /> },
    {
      id: 'factor',
      header: t('factor'),
      cell: person =>
        person.mfaEnabled ? (
          <span className="inline-flex items-center gap-1.5 whitespace-nowrap text-good">
            <Icon name="check" />
            {t('factorOn')}
          </span>
        ) : (
          <span className="text-muted">{t('factorOff')}</span>
        ),
    },
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
  ]
}
