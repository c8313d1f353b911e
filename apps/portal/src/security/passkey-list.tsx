import { Badge } from '@azora/ui/badge.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { getLocale, getTranslations } from '../i18n/server.ts'
import { dayText } from '../text/date.ts'
import { AddPasskey } from './add-passkey.tsx'
import { PasskeyActions } from './passkey-actions.tsx'

type PasskeyListProps = { passkeys: OutputOf<'auth.getSecurity'>['passkeys']; email: string }

/** The passkeys of the account, and the way to another one. */
export async function PasskeyList({ passkeys, email }: PasskeyListProps) {
  const [t, locale] = await Promise.all([getTranslations('security'), getLocale()])
  return (
    <>
      {passkeys.length > 0 ? (
        <ul className="flex flex-col divide-y divide-line border-y border-line">
          {passkeys.map(({ id, name, synced, createdAt, lastUsedAt }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-3">
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2 font-semibold">
                  <span className="min-w-0 break-words">{name}</span>
                  <Badge>{synced ? t('synced') : t('deviceBound')}</Badge>
                </p>
                <p className="text-sm text-muted">
                  {t('added', { date: dayText(locale, createdAt) })},{' '}
                  {lastUsedAt ? t('lastUsed', { date: dayText(locale, lastUsedAt) }) : t('neverUsed')}
                </p>
              </div>
              <PasskeyActions id={id} name={name} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-muted">{t('noPasskeys')}</p>
      )}
      <AddPasskey email={email} />
    </>
  )
}
