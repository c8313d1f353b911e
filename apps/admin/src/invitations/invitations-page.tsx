import { may } from '@azora/contracts/permissions.ts'
import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useAction } from '@azora/web/calls/use-action.ts'
import { usePage } from '@azora/web/calls/use-page.ts'
import { Moment } from '@azora/web/moment.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { call } from '../api.ts'
import { List } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { RoleBadges } from '../people/people-columns.tsx'
import { InviteDialog } from './invite-dialog.tsx'

type Invitation = OutputOf<'auth.listInvitations'>['items'][number]

const tones: Record<Invitation['status'], Tone> = {
  waiting: 'amber',
  accepted: 'good',
  expired: 'neutral',
  revoked: 'neutral',
}

/** Who was asked to come to the school, and who has not answered yet. */
export function InvitationsPage() {
  const t = useTranslations('invitations')
  const common = useTranslations('common')
  const say = useToast()
  const [search, setSearch] = useSearchParams()
  const [revoking, setRevoking] = useState<Invitation | null>(null)
  const manages = may(useAccount(), 'people.manage')
  const inviting = manages && search.has('new')
  const invite = (open: boolean) => setSearch(open ? { new: '1' } : {}, { replace: true })
  const list = usePage('invitations', (cursor, signal) =>
    call('auth.listInvitations', { cursor, limit: 50 }, { signal }),
  )
  const { run, pending } = useAction({ onFault: message => say(message, 'error') })
  const changed = (invitation: Invitation) => list.replace(one => one.id === invitation.id, invitation)
  const resend = ({ id, email }: Invitation) =>
    run(async () => {
      changed(await call('auth.resendInvitation', { invitationId: id }))
      say(t('resent', { email }))
    })
  const revoke = async () => {
    if (!revoking) return
    await run(async () => {
      changed(await call('auth.revokeInvitation', { invitationId: revoking.id }))
      say(t('revoked', { email: revoking.email }))
    })
  }
  // What has run out and offers more than a learner's rights is not support's to renew; the service says the same.
  const mayResend = ({ status, roles }: Invitation) =>
    status === 'waiting' || (status === 'expired' && (manages || roles.every(role => role === 'learner')))
  const inviteButton = manages ? (
    <Button onPress={() => invite(true)}>
      <Icon name="plus" />
      {t('invite')}
    </Button>
  ) : null
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t(manages ? 'text' : 'textSupport')}
        actions={inviteButton}
      />
      <List
        list={list}
        caption={t('title')}
        rowKey={invitation => invitation.id}
        columns={[
          {
            id: 'email',
            header: t('email'),
            rowHeader: true,
            cell: invitation => (
              <>
                <span className="break-all">{invitation.email}</span>
                <span className="block text-sm font-normal text-muted">
                  {[invitation.name, invitation.invitedBy && t('by', { name: invitation.invitedBy })]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </>
            ),
          },
          { id: 'roles', header: t('roles'), cell: invitation => <RoleBadges roles={invitation.roles} /> },
          {
            id: 'status',
            header: t('status'),
            cell: invitation => (
              <Badge tone={tones[invitation.status]}>{t(`status_${invitation.status}`)}</Badge>
            ),
          },
          {
            id: 'until',
            header: t('until'),
            cell: invitation =>
              invitation.status === 'waiting' ? <Moment time={invitation.expiresAt} /> : '–',
          },
          {
            id: 'actions',
            header: t('actions'),
            headerHidden: true,
            align: 'end',
            cell: invitation =>
              mayResend(invitation) ? (
                <span className="flex flex-wrap gap-2 md:flex-nowrap md:justify-end">
                  <Button
                    variant="secondary"
                    size="small"
                    className="whitespace-nowrap"
                    isDisabled={pending}
                    aria-label={t('resendTo', { email: invitation.email })}
                    onPress={() => resend(invitation)}
                  >
                    {t('resend')}
                  </Button>
                  {manages && invitation.status === 'waiting' ? (
                    <Button
                      variant="quiet"
                      size="small"
                      className="whitespace-nowrap"
                      aria-label={t('revokeOf', { email: invitation.email })}
                      onPress={() => setRevoking(invitation)}
                    >
                      {t('revoke')}
                    </Button>
                  ) : null}
                </span>
              ) : null,
          },
        ]}
        empty={
          <EmptyState icon="mail" title={t('none')} action={inviteButton}>
            {t(manages ? 'noneText' : 'noneTextSupport')}
          </EmptyState>
        }
      />
      {inviting ? <InviteDialog onClose={() => invite(false)} onSent={list.reload} /> : null}
      <ConfirmDialog
        isOpen={revoking !== null}
        onOpenChange={() => setRevoking(null)}
        title={t('revokeTitle', { email: revoking?.email ?? '' })}
        confirmLabel={t('revoke')}
        cancelLabel={common('cancel')}
        danger
        onConfirm={revoke}
      >
        {t('revokeText')}
      </ConfirmDialog>
    </>
  )
}
