import { formatMoney } from '@azora/contracts/money.ts'
import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { getLocale, getTranslations } from '../i18n/server.ts'
import { dayText } from '../text/date.ts'
import type { Order } from './order-badges.tsx'

/** The invoice of an order and its credit notes, to keep. */
export async function OrderDocuments({ documents }: { documents: Order['documents'] }) {
  const [t, locale] = await Promise.all([getTranslations('orders'), getLocale()])
  return (
    <Card as="section" className="flex flex-col gap-2">
      <h2 className="text-lg font-bold">{t('documents')}</h2>
      <ul className="flex flex-col divide-y divide-line">
        {documents.map(document => (
          <li
            key={document.id}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-2.5"
          >
            <span className="min-w-0 wrap-anywhere">
              {t(document.kind, { number: document.number })}
              <span className="block text-sm text-muted">
                {t('issued', {
                  amount: formatMoney(document.total, locale),
                  date: dayText(locale, document.issuedOn),
                })}
              </span>
            </span>
            <a
              href={`/api/v1/payments/invoices/${document.id}/document.pdf`}
              className="inline-flex items-center gap-2 py-2 text-accent-ink underline underline-offset-4"
              aria-label={`${t('download')}: ${t(document.kind, { number: document.number })}`}
            >
              <Icon name="download" />
              {t('download')}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  )
}
