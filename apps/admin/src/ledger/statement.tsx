import { Button } from '@azora/ui/button.tsx'
import { DataTable } from '@azora/ui/data-table.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { Moment } from '@azora/web/moment.tsx'
import { useState } from 'react'
import { Link } from 'react-router'
import { call } from '../api.ts'
import { Failed, Loading } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { Amount } from './amount.tsx'

type Line = OutputOf<'mint.getAccountStatement'>['items'][number]
type Props = { accountId: string; period: { from: string; until: string } }

const linesOfPage = 100

/** What was posted to an account, between the balance before and the balance after; a page at a time. */
export function Statement({ accountId, period }: Props) {
  const t = useTranslations('ledger')
  const common = useTranslations('common')
  const [cursor, setCursor] = useState<string | undefined>()
  const { value, fault, reload } = useLoad(`${accountId} ${cursor ?? ''}`, signal =>
    call('mint.getAccountStatement', { accountId, ...period, cursor, limit: linesOfPage }, { signal }),
  )
  if (fault) return <Failed fault={fault} onRetry={reload} />
  if (!value) return <Loading label={common('loading')} />
  const { opening, closing, currency, items, nextCursor } = value
  const balance = (name: string, amount: string) => (
    <p className="flex flex-wrap justify-between gap-x-6 px-1 font-semibold">
      <span>{name}</span>
      <Amount of={amount} currency={currency} />
    </p>
  )
  return (
    <section aria-label={t('statementTitle')} className="flex flex-col gap-3">
      {balance(t(cursor ? 'pageOpening' : 'opening'), opening)}
      {items.length > 0 ? (
        <DataTable
          caption={t('statementTitle')}
          rows={items}
          rowKey={({ transferId }) => transferId}
          columns={[
            { id: 'what', header: t('what'), rowHeader: true, cell: line => <What line={line} /> },
            {
              id: 'debit',
              header: t('debit'),
              align: 'end',
              cell: ({ debit }) => <Amount of={debit} currency={currency} hideZero />,
            },
            {
              id: 'credit',
              header: t('credit'),
              align: 'end',
              cell: ({ credit }) => <Amount of={credit} currency={currency} hideZero />,
            },
            {
              id: 'balance',
              header: t('balance'),
              align: 'end',
              cell: line => <Amount of={line.balance} currency={currency} />,
            },
          ]}
        />
      ) : (
        <EmptyState icon="table" title={t('nothingPosted')}>
          {t('nothingPostedText')}
        </EmptyState>
      )}
      {balance(t(nextCursor ? 'pageClosing' : 'closing'), closing)}
      {nextCursor ? (
        <div>
          <Button variant="secondary" onPress={() => setCursor(nextCursor)}>
            {t('more')}
          </Button>
        </div>
      ) : null}
    </section>
  )
}

function What({ line }: { line: Line }) {
  const t = useTranslations('ledger')
  const { kind, description, at, bookingId } = line
  return (
    <>
      <code className="font-mono text-sm">{kind}</code>
      {description ? <span className="block text-sm font-normal wrap-anywhere">{description}</span> : null}
      <span className="block text-sm font-normal text-muted">
        <Moment time={at} />
      </span>
      {bookingId ? (
        <Link
          to={`/ledger/bookings/${bookingId}`}
          className="text-sm font-normal underline decoration-line underline-offset-4"
        >
          {t('openBooking')}
        </Link>
      ) : null}
    </>
  )
}
