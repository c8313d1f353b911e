'use client'
import type { CredentialVerdict } from '@azora/credential/verify-credential.ts'
import { Icon } from '@azora/ui/icon.tsx'
import { useEffect, useRef } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { dayText } from '../text/date.ts'
import { CheckList } from './check-list.tsx'

type VerdictProps = {
  verdict: CredentialVerdict
  /** Whether the school has revoked it since, as far as it was asked. */
  revoked: boolean
}

const goodLook = 'border-good/40 bg-good-soft text-good-ink'
const badLook = 'border-bad/40 bg-bad-soft text-bad-ink'

/** What the check of a credential found, and what was checked. */
export function Verdict({ verdict, revoked }: VerdictProps) {
  const t = useTranslations('verify')
  const locale = useLocale()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [verdict])
  const facts = [
    [t('to'), verdict.recipientName],
    [t('for'), verdict.achievementName],
    [t('by'), verdict.issuerName ?? verdict.issuerDid],
    [t('on'), verdict.validFrom ? dayText(locale, verdict.validFrom) : null],
  ].filter((fact): fact is [string, string] => fact[1] !== null)
  const good = verdict.valid && !revoked
  return (
    <section
      aria-labelledby="verdict"
      className={`flex flex-col gap-4 rounded-card border p-6 ${good ? goodLook : badLook}`}
    >
      <h2
        ref={heading}
        id="verdict"
        tabIndex={-1}
        className="flex items-center gap-3 text-xl font-bold outline-none"
      >
        <Icon name={good ? 'shield' : 'warning'} className="size-7!" />
        {t(!verdict.valid ? 'invalid' : revoked ? 'validOnce' : 'valid')}
      </h2>
      <p>{t(!verdict.valid ? 'invalidText' : revoked ? 'validOnceText' : 'validText')}</p>
      {facts.length ? (
        <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5">
          {facts.map(([name, value]) => (
            <div key={name} className="col-span-2 grid grid-cols-subgrid">
              <dt>{name}</dt>
              <dd className="min-w-0 font-semibold break-words">{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      <div>
        <h3 className="font-semibold">{t('checks')}</h3>
        <CheckList checks={verdict.checks} t={t} />
      </div>
      {good ? <p className="text-sm">{t('limits')}</p> : null}
    </section>
  )
}
