import { type OpenOffice, openOffices } from '@azora/contracts/offices.ts'
import { may } from '@azora/contracts/permissions.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import type { WholePerson } from './whole-person.ts'

/**
 * What a person holds beside their roles, each with what it opens. Administrators give and take; others see what is
 * held. An office that opens nothing yet is not shown: nobody can hold it.
 */
export function PersonOffices({ person, onChanged }: { person: WholePerson; onChanged: () => void }) {
  const t = useTranslations('offices')
  const account = useAccount()
  const say = useToast()
  const { run, pending } = useAction({ onFault: message => say(message, 'error') })
  const manages = may(account, 'people.manage')
  const own = person.id === account.id
  const shown = openOffices.filter(office => manages || person.offices.includes(office))
  if (shown.length === 0) return null
  const change = (office: OpenOffice, held: boolean) =>
    run(async () => {
      await call(held ? 'auth.endOffice' : 'auth.giveOffice', { userId: person.id, office })
      say(t(held ? 'taken' : 'given', { name: person.name, office: t(office) }))
      onChanged()
    })
  return (
    <Card as="section" padded={false}>
      <div className="px-5 pt-5 pb-1 sm:px-6">
        <h2 className="text-lg font-bold">{t('label')}</h2>
        <p className="text-sm text-muted">{manages && own ? t('own') : t(manages ? 'text' : 'textReader')}</p>
      </div>
      <ul className="divide-y divide-line">
        {shown.map(office => {
          const held = person.offices.includes(office)
          return (
            <li
              key={office}
              className="flex flex-col gap-3 px-5 py-4 sm:flex-row sm:items-center sm:justify-between sm:px-6"
            >
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2 font-semibold">
                  {t(office)}
                  {held ? (
                    <Badge tone="good">
                      <Icon name="check" className="size-4!" />
                      {t('held')}
                    </Badge>
                  ) : null}
                </p>
                <p id={`office-${office}-text`} className="text-sm text-muted">
                  {t(`help_${office}`)}
                </p>
              </div>
              {manages && (held || !own) ? (
                <Button
                  variant={held ? 'danger' : 'secondary'}
                  size="small"
                  className="shrink-0 self-start whitespace-nowrap sm:self-center"
                  isDisabled={pending}
                  aria-label={t(held ? 'takeOne' : 'giveOne', { office: t(office) })}
                  aria-describedby={`office-${office}-text`}
                  onPress={() => change(office, held)}
                >
                  <Icon name={held ? 'close' : 'plus'} />
                  {t(held ? 'take' : 'give')}
                </Button>
              ) : null}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
