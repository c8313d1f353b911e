import { Badge } from '@azora/ui/badge.tsx'
import { buttonStyle } from '@azora/ui/button-style.ts'
import type { Metadata } from 'next'
import { AccountPage } from '../../account/account-page.tsx'
import { Section } from '../../account/section.tsx'
import { ClientMessages } from '../../i18n/client-messages.tsx'
import { getLocale, getTranslations } from '../../i18n/server.ts'
import { requireAccount, signInOptions } from '../../lib/session.server.ts'
import { EmailChange } from '../../profile/email-change.tsx'
import { NameForm } from '../../profile/name-form.tsx'
import { SwitchSchool } from '../../shell/switch-school.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('profile')
  return { title: t('title') }
}

export default async function ProfilePage() {
  const t = await getTranslations('profile')
  return (
    <AccountPage part="profile" title={t('title')} description={t('description')}>
      {profile}
    </AccountPage>
  )
}

async function profile() {
  const [t, locale, account, { localMailbox }] = await Promise.all([
    getTranslations('profile'),
    getLocale(),
    requireAccount('/account'),
    signInOptions(),
  ])
  const list = new Intl.ListFormat(locale)
  return (
    <ClientMessages of={['account', 'profile', 'drafts']}>
      <Section title={t('nameTitle')}>
        <NameForm name={account.name} />
      </Section>
      <Section title={t('emailTitle')} text={t('emailText')}>
        <EmailChange email={account.email} localMailbox={localMailbox} />
      </Section>
      <Section title={t('schools')} {...(account.memberships.length > 1 ? { text: t('schoolsText') } : {})}>
        <ul className="flex flex-col divide-y divide-line">
          {account.memberships.map(({ organization, roles }) => (
            <li key={organization.id} className="flex flex-wrap items-center justify-between gap-3 py-3">
              <div className="min-w-0">
                <p className="font-semibold">{organization.name}</p>
                <p className="text-sm text-muted">{list.format(roles.map(role => t(`role_${role}`)))}</p>
              </div>
              {organization.id === account.organization.id ? (
                <Badge tone="accent">{t('here')}</Badge>
              ) : (
                <SwitchSchool
                  schools={[organization]}
                  label={t('switch')}
                  className={buttonStyle({ variant: 'secondary' })}
                />
              )}
            </li>
          ))}
        </ul>
      </Section>
    </ClientMessages>
  )
}
