import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { useNavigate } from 'react-router'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { ReasonDialog } from '../shell/reason-dialog.tsx'
import { RolesDialog } from './roles-dialog.tsx'
import type { WholePerson } from './whole-person.ts'

export type PersonDialogName = 'roles' | 'reset' | 'factors' | 'impersonate' | 'suspend' | 'remove'

type PersonDialogProps = {
  name: PersonDialogName
  person: WholePerson
  own: boolean
  onClose: () => void
  /** It is done; the message says so. */
  onDone: (message: string) => void
}

/** Asks what must be known, or whether one is sure, before something is done about a person. */
export function PersonDialog({ name, person, own, onClose, onDone }: PersonDialogProps) {
  const t = useTranslations('person')
  const common = useTranslations('common')
  const say = useToast()
  const navigate = useNavigate()
  const { run } = useAction({ onFault: message => say(message, 'error') })
  const about = { name: person.name }
  const { id: userId } = person
  if (name === 'roles') {
    return (
      <RolesDialog
        person={person}
        own={own}
        onClose={onClose}
        onChanged={() => onDone(t('rolesSaved', about))}
      />
    )
  }
  if (name === 'suspend') {
    return (
      <ReasonDialog
        title={t('suspendTitle', about)}
        label={t('reason')}
        description={t('suspendReason')}
        confirmLabel={t('suspendButton')}
        danger
        onClose={onClose}
        onSubmit={async reason => {
          await call('auth.suspendPerson', { userId, reason })
          onDone(t('suspended', about))
        }}
      >
        {t('suspendText')}
      </ReasonDialog>
    )
  }
  if (name === 'impersonate') {
    return (
      <ReasonDialog
        title={t('impersonateTitle', about)}
        label={t('reason')}
        description={t('impersonateReason')}
        confirmLabel={t('impersonateButton')}
        onClose={onClose}
        onSubmit={async reason => {
          await call('auth.impersonate', { userId, reason, session: 'cookie' })
          location.assign('/learn')
        }}
      >
        {t('impersonateLong', about)}
      </ReasonDialog>
    )
  }
  const works = {
    reset: async () => {
      await call('auth.sendPasswordReset', { userId })
      onDone(t('resetSent', about))
    },
    factors: async () => {
      await call('auth.resetFactors', { userId })
      onDone(t('factorsReset', about))
    },
    remove: async () => {
      await call('auth.removePerson', { userId })
      say(t('removed', about))
      navigate('/people')
    },
  }
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={t(`${name}Title`, about)}
      confirmLabel={t(`${name}Button`)}
      cancelLabel={common('cancel')}
      danger={name !== 'reset'}
      onConfirm={async () => {
        await run(works[name])
      }}
    >
      {t(`${name}Long`, about)}
    </ConfirmDialog>
  )
}
