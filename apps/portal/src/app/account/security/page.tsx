import { Badge } from '@azora/ui/badge.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import type { Metadata } from 'next'
import { AccountPage } from '../../../account/account-page.tsx'
import { ProblemNotice } from '../../../account/problem-notice.tsx'
import { Section } from '../../../account/section.tsx'
import { ClientMessages } from '../../../i18n/client-messages.tsx'
import { getLocale, getTranslations } from '../../../i18n/server.ts'
import { api, need } from '../../../lib/api.server.ts'
import { requireAccount } from '../../../lib/session.server.ts'
import { LinkedAccounts } from '../../../security/linked-accounts.tsx'
import { PasskeyList } from '../../../security/passkey-list.tsx'
import { PasswordChange } from '../../../security/password-change.tsx'
import { RenewCodes } from '../../../security/renew-codes.tsx'
import { TotpActions } from '../../../security/totp-actions.tsx'
import { dayText } from '../../../text/date.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

const path = '/account/security'
// Who has fewer is told to make new ones.
const fewCodes = 3

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('security')
  return { title: t('title') }
}

export default async function SecurityPage({ searchParams }: Props) {
  const asked = await searchParams
  const t = await getTranslations('security')
  return (
    <AccountPage part="security" title={t('title')} description={t('description')}>
      {async () => (
        <>
          <ProblemNotice asked={asked} />
          {await sections()}
        </>
      )}
    </AccountPage>
  )
}

async function sections() {
  const [t, locale, account] = await Promise.all([
    getTranslations('security'),
    getLocale(),
    requireAccount(path),
  ])
  const security = await need((await api()).auth.getSecurity(), path)
  const { email } = account
  const { totpEnabledAt, passkeys, recoveryCodesLeft: left } = security
  const protectedTwice = totpEnabledAt !== null || passkeys.length > 0
  return (
    <ClientMessages of={['account', 'security']}>
      {account.mfaEnrolmentRequired ? (
        <Notice tone="warning" title={t('enrol')}>
          {t('enrolText')}
        </Notice>
      ) : null}
      <Section title={t('password')} text={security.hasPassword ? t('passwordSet') : t('passwordNone')}>
        <PasswordChange hasPassword={security.hasPassword} email={email} />
      </Section>
      <Section
        title={t('app')}
        badge={totpEnabledAt ? <Badge tone="good">{t('on')}</Badge> : <Badge>{t('off')}</Badge>}
        text={t('appText')}
      >
        {totpEnabledAt ? (
          <p className="text-sm text-muted">{t('since', { date: dayText(locale, totpEnabledAt) })}</p>
        ) : null}
        <TotpActions enabled={totpEnabledAt !== null} email={email} />
      </Section>
      <Section title={t('passkeys')} text={t('passkeysText')}>
        <PasskeyList passkeys={passkeys} email={email} />
      </Section>
      <Section
        title={t('codes')}
        badge={
          protectedTwice ? (
            <Badge tone={left < fewCodes ? 'amber' : 'neutral'}>{t('codesLeft', { count: left })}</Badge>
          ) : undefined
        }
        text={protectedTwice ? t('codesText') : t('codesNone')}
      >
        {protectedTwice && left < fewCodes ? <Notice tone="warning">{t('codesFew')}</Notice> : null}
        {protectedTwice ? <RenewCodes email={email} /> : null}
      </Section>
      <LinkedAccounts identities={security.identities} />
    </ClientMessages>
  )
}
