import { DraftOwner } from '@azora/web/drafts/draft-owner.tsx'
import { themeCookie } from '@azora/web/theme.ts'
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { ClientMessages } from '../i18n/client-messages.tsx'
import { directionOf } from '../i18n/locale.ts'
import { getLocale, getTranslations } from '../i18n/server.ts'
import { usesLessData } from '../less-data/less-data.server.ts'
import { LessData } from '../less-data/less-data.tsx'
import { LessDataNotice } from '../less-data/less-data-notice.tsx'
import { currentAccount, currentSchool } from '../lib/session.server.ts'
import { Device } from '../shell/device.tsx'
import { ListenEarly } from '../shell/early-press.tsx'
import { Footer } from '../shell/footer.tsx'
import { Header } from '../shell/header.tsx'
import { Impersonation } from '../shell/impersonation.tsx'
import { MfaNotice } from '../shell/mfa-notice.tsx'
import { OfflineNotice } from '../shell/offline-notice.tsx'
import { PressAgain } from '../shell/press-again.tsx'
import { RefusedNotice } from '../shell/refused-notice.tsx'
import { UnavailableNotice } from '../shell/unavailable-notice.tsx'

import './globals.css'

export async function generateMetadata(): Promise<Metadata> {
  const [school, t] = await Promise.all([currentSchool(), getTranslations('shell')])
  return {
    title: { default: school.name, template: `%s · ${school.name}` },
    description: t('description', { school: school.name }),
    applicationName: school.name,
    icons: { icon: '/icons/icon.svg', apple: '/icons/icon-192.png' },
  }
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf7f1' },
    { media: '(prefers-color-scheme: dark)', color: '#121819' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, jar, t, account, less] = await Promise.all([
    getLocale(),
    cookies(),
    getTranslations('shell'),
    currentAccount(),
    usesLessData(),
  ])
  const theme = jar.get(themeCookie)?.value
  return (
    <html
      lang={locale}
      dir={directionOf(locale)}
      {...(theme ? { 'data-theme': theme } : {})}
      {...(less ? { 'data-less-data': '' } : {})}
    >
      <body className="flex flex-col">
        <ListenEarly />
        <a
          href="#content"
          className="sr-only rounded-control bg-accent px-4 py-3 text-on-accent focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-50"
        >
          {t('skip')}
        </a>
        <ClientMessages of={['shell', 'common', 'errors']}>
          <LessData on={less}>
            <Header />
            {account?.impersonatedBy ? (
              <ClientMessages of={['impersonation']}>
                <Impersonation name={account.name} admin={account.impersonatedBy.name} />
              </ClientMessages>
            ) : null}
            <OfflineNotice />
            <LessDataNotice />
            <RefusedNotice />
            <UnavailableNotice />
            {account?.mfaEnrolmentRequired && !account.impersonatedBy ? <MfaNotice /> : null}
            <main id="content" tabIndex={-1} className="flex-1 pb-16 outline-none">
              <DraftOwner id={account && !account.impersonatedBy ? account.id : null}>{children}</DraftOwner>
            </main>
            <Footer />
            <Device account={account ? { name: account.name } : null} />
          </LessData>
        </ClientMessages>
        <PressAgain />
      </body>
    </html>
  )
}
