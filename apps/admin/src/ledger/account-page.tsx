import { Card } from '@azora/ui/card.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { NotFound } from '@azora/web/shell/page-failure.tsx'
import { useParams } from 'react-router'
import { call } from '../api.ts'
import { CsvButton } from '../lists/csv-button.tsx'
import { Failed, Loading } from '../lists/list.tsx'
import { useFilters } from '../lists/use-filters.ts'
import { useTranslations } from '../messages.ts'
import { Amount } from './amount.tsx'
import { BackLink } from './back-link.tsx'
import { dayBegin, dayEnd } from './day-end.ts'
import { useKindName } from './kind-name.ts'
import { OwnerText } from './owner-text.tsx'
import { Statement } from './statement.tsx'

/** `2026-11-01`, where the reader is. */
const dayText = (date: Date) =>
  `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`

/** One account: what it has, and what was posted to it in a period. */
export function AccountPage() {
  const t = useTranslations('ledger')
  const common = useTranslations('common')
  const kindName = useKindName()
  const { accountId = '' } = useParams()
  const { values, set } = useFilters(['from', 'until'])
  const now = new Date()
  const from = values.from ?? dayText(new Date(now.getFullYear(), now.getMonth(), 1))
  const until = values.until ?? dayText(now)
  const period = { from: dayBegin(from) ?? '', until: dayEnd(until) ?? '' }
  const { value, fault, missing, reload } = useLoad(accountId, signal =>
    call('mint.getAccount', { accountId }, { signal }),
  )
  if (missing) return <NotFound />
  return (
    <>
      <PageHeader
        above={<BackLink />}
        title={value ? kindName(value.kind) : t('account')}
        description={value ? <OwnerText owner={value.owner} /> : null}
        actions={<CsvButton path={`/mint/accounts/${accountId}/statement.csv`} filter={period} />}
      />
      {fault ? <Failed fault={fault} onRetry={reload} /> : null}
      {value ? (
        <div className="flex flex-col gap-6">
          <Card>
            <p className="text-sm text-muted">{t('balance')}</p>
            <p className="text-4xl font-bold">
              <Amount of={value.balance} currency={value.currency} />
            </p>
            {value.available === value.balance ? null : (
              <p className="mt-1 text-muted">
                {t('available')} <Amount of={value.available} currency={value.currency} />
              </p>
            )}
          </Card>
          <div className="grid gap-4 sm:grid-cols-[12rem_12rem]">
            <TextField label={t('from')} type="date" value={from} onChange={text => set({ from: text })} />
            <TextField label={t('until')} type="date" value={until} onChange={text => set({ until: text })} />
          </div>
          <Statement key={JSON.stringify(period)} accountId={accountId} period={period} />
        </div>
      ) : fault ? null : (
        <Loading label={common('loading')} />
      )}
    </>
  )
}
