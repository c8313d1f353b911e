import { may, type Permission, permissionsOf } from '@azora/contracts/permissions.ts'
import { Button } from '@azora/ui/button.tsx'
import type { ButtonVariant } from '@azora/ui/button-style.ts'
import { Card } from '@azora/ui/card.tsx'
import { Icon, type IconName } from '@azora/ui/icon.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { PersonDialog, type PersonDialogName } from './person-dialog.tsx'
import type { WholePerson } from './whole-person.ts'

type Offer = {
  name: 'roles' | 'reset' | 'factors' | 'impersonate' | 'suspend' | 'reinstate' | 'remove'
  icon: IconName
  variant?: ButtonVariant
  /** What it takes to do it: without another, the permission to manage people. */
  permission?: Permission
  /** Why it cannot be done just now. */
  hindrance?: string | false
}

/** What an administrator or support may do about a person, each with what will come of it. */
export function PersonActions({ person, onChanged }: { person: WholePerson; onChanged: () => void }) {
  const t = useTranslations('person')
  const account = useAccount()
  const say = useToast()
  const [open, setOpen] = useState<PersonDialogName | null>(null)
  const { run, pending } = useAction({ onFault: message => say(message, 'error') })
  const own = person.id === account.id
  const suspended = person.status === 'suspended'
  // One who may do more than teach is looked through by nobody; the service says the same.
  const plain =
    person.offices.length === 0 &&
    permissionsOf({ roles: person.roles }).every(permission => permission === 'course.author')
  const reinstate = () =>
    run(async () => {
      await call('auth.reinstatePerson', { userId: person.id })
      say(t('reinstated', { name: person.name }))
      onChanged()
    })
  const offers = (
    [
      { name: 'roles', icon: 'edit' },
      { name: 'reset', icon: 'mail', permission: 'people.support' },
      { name: 'factors', icon: 'key', hindrance: !person.mfaEnabled && t('noFactors') },
      {
        name: 'impersonate',
        icon: 'eye',
        hindrance: own ? t('oneself') : !plain ? t('tooMuch') : suspended && t('whileSuspended'),
      },
      suspended
        ? { name: 'reinstate', icon: 'undo' }
        : { name: 'suspend', icon: 'ban', variant: 'danger', hindrance: own && t('oneself') },
      { name: 'remove', icon: 'trash', variant: 'danger', hindrance: own && t('oneself') },
    ] satisfies Offer[] as Offer[]
  ).filter(({ permission = 'people.manage' }) => may(account, permission))
  return (
    <Card as="section" padded={false}>
      <h2 className="px-5 pt-5 pb-1 text-lg font-bold sm:px-6">{t('actions')}</h2>
      <ul className="divide-y divide-line">
        {offers.map(({ name, icon, variant, hindrance }) => (
          <li
            key={name}
            className="flex flex-col gap-3 px-5 py-4 sm:flex-row sm:items-center sm:justify-between sm:px-6"
          >
            <div className="min-w-0">
              <p id={`offer-${name}`} className="font-semibold">
                {t(`${name}Name`)}
              </p>
              <p id={`offer-${name}-text`} className="text-sm text-muted">
                {hindrance || t(`${name}Text`)}
              </p>
            </div>
            <Button
              variant={variant ?? 'secondary'}
              size="small"
              className="shrink-0 self-start whitespace-nowrap sm:self-center"
              isDisabled={Boolean(hindrance)}
              isPending={name === 'reinstate' && pending}
              aria-describedby={`offer-${name}-text`}
              onPress={() => (name === 'reinstate' ? reinstate() : setOpen(name))}
            >
              <Icon name={icon} />
              {t(`${name}Button`)}
            </Button>
          </li>
        ))}
      </ul>
      {open ? (
        <PersonDialog
          name={open}
          person={person}
          own={own}
          onClose={() => setOpen(null)}
          onDone={message => {
            setOpen(null)
            say(message)
            onChanged()
          }}
        />
      ) : null}
    </Card>
  )
}
