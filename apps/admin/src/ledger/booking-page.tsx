import { Card } from '@azora/ui/card.tsx'
import { DataTable } from '@azora/ui/data-table.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { Moment } from '@azora/web/moment.tsx'
import { NotFound } from '@azora/web/shell/page-failure.tsx'
import { useParams } from 'react-router'
import { call } from '../api.ts'
import { Failed, Loading } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { BackLink } from './back-link.tsx'
import { useTransferColumns } from './transfer-columns.tsx'

/** One booking, with all that was moved together. */
export function BookingPage() {
  const t = useTranslations('ledger')
  const common = useTranslations('common')
  const { bookingId = '' } = useParams()
  const { value, fault, missing, reload } = useLoad(bookingId, signal =>
    call('mint.getBooking', { bookingId }, { signal }),
  )
  const columns = useTransferColumns({ withBooking: false })
  if (missing) return <NotFound />
  return (
    <>
      <PageHeader above={<BackLink />} title={t('bookingTitle')} description={t('bookingText')} />
      {fault ? <Failed fault={fault} onRetry={reload} /> : null}
      {value ? (
        <div className="flex flex-col gap-6">
          <Card>
            <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-3">
              <Fact name={t('kind')}>
                <code className="font-mono text-sm">{value.booking.kind}</code>
              </Fact>
              <Fact name={t('at')}>
                <Moment time={value.booking.at} />
              </Fact>
              {value.booking.reference ? (
                <Fact name={t('reference')}>
                  <span className="font-mono text-xs break-all">
                    {value.booking.reference.type} {value.booking.reference.id}
                  </span>
                </Fact>
              ) : null}
            </dl>
            {value.booking.splitVersion === null ? null : (
              <p className="mt-4 text-sm text-muted">
                {t('splitVersion', { version: value.booking.splitVersion })}
              </p>
            )}
          </Card>
          <DataTable
            caption={t('entries')}
            rows={value.transfers}
            rowKey={({ id }) => id}
            columns={columns}
          />
        </div>
      ) : fault ? null : (
        <Loading label={common('loading')} />
      )}
    </>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
