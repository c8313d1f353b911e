import { may } from '@azora/contracts/permissions.ts'
import { Card } from '@azora/ui/card.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { Moment } from '@azora/web/moment.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { type ReactNode, useCallback, useEffect } from 'react'
import { Link, useLocation, useNavigate, useParams } from 'react-router'
import { call } from '../api.ts'
import { RecentEntries } from '../audit/recent-entries.tsx'
import { Failed, Loading } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { titleOf } from '../shell/page-title.ts'
import { useEscape } from '../shell/use-shortcuts.ts'
import { OfficeBadges, RoleBadges, StatusBadge } from './people-columns.tsx'
import { PersonActions } from './person-actions.tsx'
import { PersonOffices } from './person-offices.tsx'
import { PersonSessions } from './person-sessions.tsx'
import type { WholePerson } from './whole-person.ts'

/** One person: who they are, how they sign in, where they are signed in, and what can be done. */
export function PersonPage() {
  const t = useTranslations('person')
  const common = useTranslations('common')
  const { userId = '' } = useParams()
  const account = useAccount()
  const navigate = useNavigate()
  const state: unknown = useLocation().state
  const back = `/people${(state as { search?: string } | null)?.search ?? ''}`
  useEscape(useCallback(() => navigate(back), [navigate, back]))
  const { value, fault, missing, reload } = useLoad(userId, signal =>
    call('auth.getPerson', { userId }, { signal }),
  )
  const person = value?.id === userId ? value : null
  const helps = may(account, 'people.support')
  const panel = useTranslations('admin')('title')
  const name = person?.name
  useEffect(() => {
    if (name) document.title = titleOf(name, panel)
  }, [name, panel])
  return (
    <>
      <PageHeader
        above={
          <Link
            to={back}
            className="inline-flex items-center gap-1 self-start py-1 text-sm text-muted hover:text-ink"
          >
            <Icon name="back" className="size-4!" />
            {t('back')}
          </Link>
        }
        title={person?.name ?? t('title')}
        description={
          person ? (
            <span className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <span className="break-all">{person.email}</span>
              <RoleBadges roles={person.roles} />
              <OfficeBadges offices={person.offices} />
              <StatusBadge status={person.status} />
            </span>
          ) : null
        }
      />
      {fault && !missing ? <Failed fault={fault} onRetry={reload} /> : null}
      {person ? (
        <div className="flex flex-col gap-6">
          {person.status === 'suspended' ? (
            <Notice tone="warning">
              {t('suspendedNote')}
              {person.suspendedReason ? ` ${t('suspendedFor', { reason: person.suspendedReason })}` : ''}
            </Notice>
          ) : null}
          <div className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
            <div className="flex flex-col gap-6">
              {helps ? <PersonActions key={person.id} person={person} onChanged={reload} /> : null}
              <PersonOffices person={person} onChanged={reload} />
              <PersonSessions person={person} editable={helps} onChanged={reload} />
            </div>
            <div className="flex flex-col gap-6">
              <SignInFacts person={person} />
              {may(account, 'audit.read') ? (
                <>
                  <RecentEntries person={person} by="subject" />
                  <RecentEntries person={person} by="actor" />
                </>
              ) : null}
            </div>
          </div>
        </div>
      ) : missing ? (
        <EmptyState icon="people" title={t('absent')}>
          {t('absentText')}
        </EmptyState>
      ) : fault ? null : (
        <Loading label={common('loading')} />
      )}
    </>
  )
}

function SignInFacts({ person }: { person: WholePerson }) {
  const t = useTranslations('person')
  const people = useTranslations('people')
  const ways = [
    person.hasPassword ? t('password') : null,
    person.passkeys > 0 ? t('passkeys', { n: person.passkeys }) : null,
    ...person.identities.map(name => t('identity', { name })),
  ].filter(way => way !== null)
  return (
    <Card as="section" className="flex flex-col gap-4">
      <h2 className="text-lg font-bold">{t('facts')}</h2>
      <dl className="flex flex-col gap-3">
        <Fact name={t('ways')}>{ways.length > 0 ? ways.join(', ') : t('noWay')}</Fact>
        <Fact name={people('factor')}>
          {person.mfaEnabled ? (
            <span className="inline-flex items-center gap-1.5 text-good">
              <Icon name="check" />
              {people('factorOn')}
            </span>
          ) : (
            people('factorOff')
          )}
        </Fact>
        <Fact name={t('joined')}>
          <Moment time={person.createdAt} />
        </Fact>
        <Fact name={people('lastSeen')}>
          {person.lastSeenAt ? <Moment time={person.lastSeenAt} /> : people('never')}
        </Fact>
      </dl>
    </Card>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="text-end font-medium">{children}</dd>
    </div>
  )
}
