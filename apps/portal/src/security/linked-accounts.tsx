import type { OutputOf } from '@azora/web/calls/operations.ts'
import { Section } from '../account/section.tsx'
import { getLocale, getTranslations } from '../i18n/server.ts'
import { signInOptions } from '../lib/session.server.ts'
import { dayText } from '../text/date.ts'
import { IdentityAction } from './identity-action.tsx'

type LinkedAccountsProps = { identities: OutputOf<'auth.getSecurity'>['identities'] }

/** The accounts elsewhere that sign one in, and those that could. Not there where neither is. */
export async function LinkedAccounts({ identities }: LinkedAccountsProps) {
  const [t, entry, names, locale, { providers }] = await Promise.all([
    getTranslations('security'),
    getTranslations('account'),
    getTranslations('problems'),
    getLocale(),
    signInOptions(),
  ])
  const linked = new Map(identities.map(identity => [identity.provider, identity]))
  const shown = [...new Set([...linked.keys(), ...providers.map(({ id }) => id)])]
  if (shown.length === 0) return null
  return (
    <Section title={t('linked')} text={t('linkedText')}>
      <ul className="flex flex-col divide-y divide-line">
        {shown.map(id => {
          const standIn = providers.find(provider => provider.id === id)?.standIn ?? false
          const name = standIn ? entry('standIn', { name: names(id) }) : names(id)
          const identity = linked.get(id)
          return (
            <li key={id} className="flex flex-wrap items-center justify-between gap-3 py-3">
              <div className="min-w-0">
                <p className="font-semibold">{name}</p>
                {identity ? (
                  <p className="text-sm break-words text-muted">
                    {identity.label} · {t('linkedOn', { date: dayText(locale, identity.linkedAt) })}
                  </p>
                ) : null}
              </div>
              <IdentityAction provider={id} name={name} linked={identity !== undefined} />
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
