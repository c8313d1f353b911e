import { may } from '@azora/contracts/permissions.ts'
import { Card } from '@azora/ui/card.tsx'
import { Icon, type IconName } from '@azora/ui/icon.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { countFailed, type SystemState } from './system-state.ts'

type Matter = {
  id: string
  tone: 'bad' | 'amber'
  icon: IconName
  text: string
  to?: string
  href?: string
  action?: string
}

const tones = { bad: 'bg-bad-soft text-bad-ink', amber: 'bg-amber-soft text-amber-ink' }
const linkStyle = 'ms-2 font-semibold text-accent-ink underline underline-offset-4'
const mostInvitations = 100

/** What asks for someone's attention, each with the way to it; or that nothing does. */
export function Attention({ state }: { state: SystemState }) {
  const t = useTranslations('overview')
  const account = useAccount()
  const { mfaEnabled } = account
  const audited = may(account, 'audit.read')
  const invites = may(account, 'people.manage')
  const chain = useLoad(`chain ${audited}`, signal =>
    audited ? call('auth.verifyAudit', {}, { signal }) : Promise.resolve(null),
  )
  const invitations = useLoad(`invitations ${invites}`, async signal => {
    if (!invites) return { waiting: 0, expired: 0 }
    const { items } = await call('auth.listInvitations', { limit: mostInvitations }, { signal })
    const count = (status: string) => items.filter(one => one.status === status).length
    return { waiting: count('waiting'), expired: count('expired') }
  })
  const down = Object.entries(state.parts).filter(([, up]) => !up)
  const failed = countFailed(state.statuses)
  const { waiting, expired } = invitations.value ?? { waiting: 0, expired: 0 }
  const matters: (Matter | false)[] = [
    chain.value?.intact === false && {
      id: 'chain',
      tone: 'bad',
      icon: 'shield',
      text: t('chainBroken', { at: chain.value.brokenAt ?? 0 }),
      to: '/audit',
      action: t('toAudit'),
    },
    down.length > 0 && {
      id: 'down',
      tone: 'bad',
      icon: 'pulse',
      text: t('down', { n: down.length, list: down.map(([part]) => part).join(', ') }),
    },
    failed.events > 0 && {
      id: 'events',
      tone: 'bad',
      icon: 'warning',
      text: t('failedEvents', { n: failed.events }),
      to: '/events?status=failed',
      action: t('toEvents'),
    },
    failed.jobs > 0 && {
      id: 'jobs',
      tone: 'bad',
      icon: 'warning',
      text: t('failedJobs', { n: failed.jobs }),
      to: '/events?tab=jobs',
      action: t('toJobs'),
    },
    expired > 0 && {
      id: 'expired',
      tone: 'amber',
      icon: 'mail',
      text: t('expired', { n: expired }),
      to: '/invitations',
      action: t('toInvitations'),
    },
    !mfaEnabled && {
      id: 'factor',
      tone: 'amber',
      icon: 'key',
      text: t('ownFactor'),
      href: '/account/security',
      action: t('toSecurity'),
    },
    waiting > 0 && {
      id: 'waiting',
      tone: 'amber',
      icon: 'mail',
      text: t('waiting', { n: waiting }),
      to: '/invitations',
      action: t('toInvitations'),
    },
  ]
  const shown = matters.filter(matter => matter !== false)
  return (
    <Card as="section" padded={false}>
      <h2 className="px-5 pt-5 pb-2 text-lg font-bold sm:px-6">{t('attention')}</h2>
      {shown.length === 0 && (chain.loading || invitations.loading) ? (
        <div className="px-5 pt-2 pb-5 sm:px-6">
          <Skeleton className="h-6 w-2/3" />
        </div>
      ) : shown.length === 0 ? (
        <Row icon="check" tone="bg-good-soft text-good-ink">
          {t('allWell')}
        </Row>
      ) : (
        <ul className="divide-y divide-line">
          {shown.map(matter => (
            <li key={matter.id}>
              <Row icon={matter.icon} tone={tones[matter.tone]}>
                {matter.text}
                {matter.to ? (
                  <Link to={matter.to} className={linkStyle}>
                    {matter.action}
                  </Link>
                ) : matter.href ? (
                  <a href={matter.href} className={linkStyle}>
                    {matter.action}
                  </a>
                ) : null}
              </Row>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Row({ icon, tone, children }: { icon: IconName; tone: string; children: ReactNode }) {
  return (
    <div className="flex items-center gap-3.5 px-5 py-3.5 sm:px-6">
      <span className={`grid size-9 shrink-0 place-items-center rounded-full ${tone}`}>
        <Icon name={icon} />
      </span>
      <p className="min-w-0">{children}</p>
    </div>
  )
}
