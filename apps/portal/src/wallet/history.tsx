import { formatMoney } from '@azora/contracts/money.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { Card } from '@azora/ui/card.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { Moment } from '@azora/web/moment.tsx'
import { getLocale, getTranslations } from '../i18n/server.ts'
import { api, need } from '../lib/api.server.ts'

type Transaction = OutputOf<'mint.listWalletTransactions'>['items'][number]

/** What happened to a wallet, the newest first, a page at a time. */
export async function History({ walletId, after }: { walletId: string; after: string | undefined }) {
  const t = await getTranslations('wallet')
  const path = `/account/wallet?wallet=${walletId}`
  const wanted = after ? { walletId, cursor: after } : { walletId }
  const page = await need((await api()).mint.listWalletTransactions(wanted), path)
  if (page.items.length === 0) return <p className="text-muted">{t('noHistory')}</p>
  return (
    <>
      <Card padded={false}>
        <ul className="divide-y divide-line">
          {page.items.map(transaction => (
            <Line key={transaction.id} transaction={transaction} />
          ))}
        </ul>
      </Card>
      {page.nextCursor || after ? (
        <p className="flex flex-wrap gap-3">
          {after ? (
            <LinkButton href={path} variant="quiet">
              {t('newest')}
            </LinkButton>
          ) : null}
          {page.nextCursor ? (
            <LinkButton href={`${path}&after=${encodeURIComponent(page.nextCursor)}`} variant="secondary">
              {t('earlier')}
            </LinkButton>
          ) : null}
        </p>
      ) : null}
    </>
  )
}

async function Line({ transaction }: { transaction: Transaction }) {
  const [t, locale] = await Promise.all([getTranslations('wallet'), getLocale()])
  const { type, amount, status, counterparty, description, note } = transaction
  const incoming = amount.amountMinor > 0
  const other = counterparty ? t(incoming ? 'from_person' : 'to_person', { name: counterparty }) : null
  const more = [other, description, note].filter(Boolean)
  // A plus shows at a glance what came in; what went out has its sign from the amount.
  const text = formatMoney(amount, locale)
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1 px-5 py-4 sm:px-6">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold">
          {t(`type_${type}`)}
          {status === 'completed' ? null : (
            <Badge tone={status === 'pending' ? 'amber' : 'neutral'}>{t(`status_${status}`)}</Badge>
          )}
        </p>
        {more.map(line => (
          <p key={line} className="text-sm wrap-anywhere text-muted">
            {line}
          </p>
        ))}
        <p className="text-sm text-muted">
          <Moment time={transaction.createdAt} />
        </p>
      </div>
      <p
        className={`ms-auto font-semibold tabular-nums ${status === 'failed' ? 'text-muted line-through' : incoming ? 'text-good-ink' : ''}`}
      >
        {incoming ? `+${text}` : text}
      </p>
    </li>
  )
}
