import { formatMoney } from '@azora/contracts/money.ts'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { usePage } from '@azora/web/calls/use-page.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { Moment } from '@azora/web/moment.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { List } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { ReasonDialog } from '../shell/reason-dialog.tsx'

type Difference = OutputOf<'payments.listDifferences'>['items'][number]

const kinds = [
  'unknown_order',
  'order_not_paid',
  'amount_differs',
  'missing_at_processor',
  'refunds_differ',
  'disputes_differ',
  'ledger_differs',
  'paid_twice',
] as const

/** What only a person can put right, each with the way to say what was done. `about`: when it changes they are read anew. */
export function Differences({ about, mayTell }: { about: string; mayTell: boolean }) {
  const t = useTranslations('reconciliation')
  const locale = useLocale()
  const [telling, setTelling] = useState<Difference | null>(null)
  const list = usePage(`differences ${about}`, (cursor, signal) =>
    call('payments.listDifferences', { limit: 50, cursor, state: 'open' }, { signal }),
  )
  const nameOf = ({ kind }: Difference) => {
    const known = kinds.find(name => name === kind)
    return known ? t(`kind_${known}`) : kind
  }
  const whatToDo = ({ kind }: Difference) => {
    const known = kinds.find(name => name === kind)
    return known ? t(`what_${known}`) : null
  }
  return (
    <>
      <List
        list={list}
        caption={t('differences')}
        rowKey={one => one.id}
        columns={[
          {
            id: 'what',
            header: t('what'),
            rowHeader: true,
            cell: one => (
              <>
                {nameOf(one)}
                <span className="block text-sm font-normal break-all text-muted">
                  {one.reference === one.orderId ? t('orderNumber', { id: one.orderId }) : one.reference}
                </span>
                {one.orderId && one.orderId !== one.reference ? (
                  <span className="block text-sm font-normal break-all text-muted">
                    {t('orderNumber', { id: one.orderId })}
                  </span>
                ) : null}
                {one.subscriptionId ? (
                  <span className="block text-sm font-normal break-all text-muted">
                    {t('subscriptionNumber', { id: one.subscriptionId })}
                  </span>
                ) : null}
                <span className="block max-w-prose text-sm font-normal">{whatToDo(one)}</span>
              </>
            ),
          },
          {
            id: 'expected',
            header: t('expected'),
            align: 'end',
            cell: one => formatMoney(one.expected, locale),
          },
          { id: 'found', header: t('found'), align: 'end', cell: one => formatMoney(one.found, locale) },
          { id: 'since', header: t('firstSeen'), cell: one => <Moment time={one.firstSeenAt} /> },
          {
            id: 'actions',
            header: t('actions'),
            headerHidden: true,
            align: 'end',
            cell: one =>
              mayTell ? (
                <Button
                  variant="secondary"
                  size="small"
                  aria-label={t('settleOf', { kind: nameOf(one) })}
                  onPress={() => setTelling(one)}
                >
                  {t('settle')}
                </Button>
              ) : null,
          },
        ]}
        empty={
          <p className="flex items-center gap-2 text-muted">
            <Icon name="check" />
            {t('noDifferences')}
          </p>
        }
      />
      {telling ? (
        <ReasonDialog
          title={t('settleTitle')}
          label={t('note')}
          description={t('noteHelp')}
          confirmLabel={t('settle')}
          onClose={() => setTelling(null)}
          onSubmit={async note => {
            await call('payments.settleDifference', { differenceId: telling.id, note })
            setTelling(null)
            list.reload()
          }}
        >
          {nameOf(telling)}
        </ReasonDialog>
      ) : null}
    </>
  )
}
