import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { Moment } from '@azora/web/moment.tsx'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import type { WholePerson } from './whole-person.ts'

type PersonSessionsProps = { person: WholePerson; editable: boolean; onChanged: () => void }

/** Where someone is signed in; each session, or all of them, can be ended. */
export function PersonSessions({ person, editable, onChanged }: PersonSessionsProps) {
  const t = useTranslations('person')
  const say = useToast()
  const { run, pending } = useAction({ onFault: message => say(message, 'error') })
  const end = (sessionId?: string) =>
    run(async () => {
      const { ended } = await call('auth.revokePersonSessions', { userId: person.id, sessionId })
      say(t('sessionsEnded', { n: ended }))
      onChanged()
    })
  const { sessions } = person
  return (
    <Card as="section" padded={false}>
      <div className="flex flex-wrap items-center justify-between gap-3 px-5 pt-5 pb-3 sm:px-6">
        <h2 className="text-lg font-bold">{t('sessions')}</h2>
        {editable && sessions.length > 1 ? (
          <Button variant="secondary" size="small" onPress={() => end()} isDisabled={pending}>
            {t('endAll')}
          </Button>
        ) : null}
      </div>
      {sessions.length === 0 ? (
        <p className="px-5 pb-5 text-muted sm:px-6">{t('noSessions')}</p>
      ) : (
        <ul className="divide-y divide-line">
          {sessions.map(session => (
            <li
              key={session.id}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-5 py-3.5 sm:px-6"
            >
              <div className="min-w-0 flex-1 basis-52">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  {session.device}
                  {session.current ? <Badge tone="accent">{t('thisOne')}</Badge> : null}
                  {session.impersonatedBy ? (
                    <Badge tone="amber">{t('lookedThrough', { name: session.impersonatedBy })}</Badge>
                  ) : null}
                </p>
                <p className="text-sm text-muted">
                  {[session.place, session.ip].filter(Boolean).join(' · ')} · {t('lastUsed')}{' '}
                  <Moment time={session.lastSeenAt} />
                </p>
              </div>
              {editable ? (
                <Button
                  variant="quiet"
                  size="small"
                  isDisabled={pending}
                  aria-label={t('endOne', { device: session.device })}
                  onPress={() => end(session.id)}
                >
                  {t('end')}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
