import { Badge } from '@azora/ui/badge.tsx'
import type { DataColumn } from '@azora/ui/data-table.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { Moment } from '@azora/web/moment.tsx'
import { Link } from 'react-router'
import { useTranslations } from '../messages.ts'
import { Amount } from './amount.tsx'
import { useKindName } from './kind-name.ts'

export type Transfer = OutputOf<'mint.listTransfers'>['items'][number]

const link = 'underline decoration-line underline-offset-4 hover:decoration-current'

/** A transfer in a list: what it was, from where to where, how much. */
export function useTransferColumns({ withBooking }: { withBooking: boolean }): DataColumn<Transfer>[] {
  const t = useTranslations('ledger')
  const kindName = useKindName()
  const account = (id: string, kind: string) => (
    <Link to={`/ledger/accounts/${id}`} className={link}>
      {kindName(kind)}
    </Link>
  )
  return [
    {
      id: 'what',
      header: t('what'),
      rowHeader: true,
      cell: ({ kind, phase, description, at, bookingId }) => (
        <>
          <span className="flex flex-wrap items-center gap-2">
            <code className="font-mono text-sm">{kind}</code>
            {phase === 'posted' ? null : <Badge>{t(`phase_${phase}`)}</Badge>}
          </span>
          {description ? (
            <span className="block text-sm font-normal wrap-anywhere">{description}</span>
          ) : null}
          <span className="block text-sm font-normal text-muted">
            <Moment time={at} />
          </span>
          {withBooking && bookingId ? (
            <Link to={`/ledger/bookings/${bookingId}`} className={`text-sm font-normal ${link}`}>
              {t('openBooking')}
            </Link>
          ) : null}
        </>
      ),
    },
    { id: 'debit', header: t('fromAccount'), cell: one => account(one.debitAccountId, one.debitKind) },
    { id: 'credit', header: t('toAccount'), cell: one => account(one.creditAccountId, one.creditKind) },
    {
      id: 'amount',
      header: t('amount'),
      align: 'end',
      cell: ({ amountMinor, currency }) => <Amount of={String(amountMinor)} currency={currency} />,
    },
  ]
}
