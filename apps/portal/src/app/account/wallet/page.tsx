import { formatMoney } from '@azora/contracts/money.ts'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import type { Metadata } from 'next'
import { AccountPage } from '../../../account/account-page.tsx'
import { Section } from '../../../account/section.tsx'
import { ClientMessages } from '../../../i18n/client-messages.tsx'
import { getLocale, getTranslations } from '../../../i18n/server.ts'
import { api, need } from '../../../lib/api.server.ts'
import { AddMoney } from '../../../wallet/add-money.tsx'
import { Balances } from '../../../wallet/balances.tsx'
import { History } from '../../../wallet/history.tsx'
import { SendMoney } from '../../../wallet/send-money.tsx'
import { StatementLinks } from '../../../wallet/statement-links.tsx'

type Wanted = { wallet?: string; after?: string }
type Props = { searchParams: Promise<Wanted> }

const path = '/account/wallet'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('wallet')
  return { title: t('title') }
}

export default async function WalletPage({ searchParams }: Props) {
  const [t, wanted] = await Promise.all([getTranslations('wallet'), searchParams])
  return (
    <AccountPage part="wallet" title={t('title')} description={t('description')}>
      {() => shown(wanted)}
    </AccountPage>
  )
}

async function shown({ wallet: walletId, after }: Wanted) {
  const [t, locale, client] = await Promise.all([getTranslations('wallet'), getLocale(), api()])
  const [wallets, settings] = await Promise.all([
    need(client.mint.listWallets(), path),
    need(client.payments.getPaymentSettings(), path),
  ])
  const chosen = wallets.items.find(({ id }) => id === walletId) ?? wallets.items[0]
  const sendable = wallets.sendable.find(({ currency }) => currency === chosen?.currency)
  return (
    <ClientMessages of={['wallet']}>
      {chosen ? (
        <Balances wallets={wallets.items} chosen={chosen} />
      ) : (
        <EmptyState icon="wallet" title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      )}
      {chosen?.sandbox ? <p className="text-sm text-muted">{t('sandboxText')}</p> : null}
      {wallets.earnings.length > 0 ? (
        <Section title={t('earnings')} text={t('earningsText')}>
          <ul className="flex flex-wrap gap-x-8 gap-y-1 text-xl font-bold tabular-nums">
            {wallets.earnings.map(amount => (
              <li key={amount.currency}>{formatMoney(amount, locale)}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title={t('add')} text={t('addText')}>
        <AddMoney currencies={settings.currencies} />
      </Section>
      {chosen && sendable && sendable.amountMinor > 0 && chosen.available.amountMinor > 0 ? (
        <Section title={t('send')} text={t('sendText', { limit: formatMoney(sendable, locale) })}>
          <SendMoney walletId={chosen.id} available={chosen.available} />
        </Section>
      ) : null}
      {chosen ? (
        <>
          <section className="flex flex-col gap-4">
            <h2 className="text-xl font-bold">{t('history')}</h2>
            <History walletId={chosen.id} after={after} />
          </section>
          <Section title={t('statement')} text={t('statementText')}>
            <StatementLinks walletId={chosen.id} today={new Date().toISOString().slice(0, 10)} />
          </Section>
        </>
      ) : null}
    </ClientMessages>
  )
}
