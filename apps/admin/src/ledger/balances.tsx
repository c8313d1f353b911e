import { DataTable } from '@azora/ui/data-table.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { Link } from 'react-router'
import { call } from '../api.ts'
import { CsvButton } from '../lists/csv-button.tsx'
import { Failed, Loading } from '../lists/list.tsx'
import type { useFilters } from '../lists/use-filters.ts'
import { useTranslations } from '../messages.ts'
import { Amount } from './amount.tsx'
import { dayEnd } from './day-end.ts'
import { useKindName } from './kind-name.ts'

type Balance = OutputOf<'mint.getTrialBalance'>['items'][number]
type Row = Omit<Balance, 'kind' | 'side' | 'accounts' | 'balance'> & Partial<Balance>

/** The trial balance: what each kind of account has, and that all debits are all credits. */
export function Balances({ values, set }: ReturnType<typeof useFilters<'day'>>) {
  const t = useTranslations('ledger')
  const common = useTranslations('common')
  const kindName = useKindName()
  const asOf = dayEnd(values.day)
  const { value, fault, reload } = useLoad(`balances ${asOf ?? 'now'}`, signal =>
    call('mint.getTrialBalance', { asOf }, { signal }),
  )
  const rows: Row[] = value ? [...value.items, ...value.totals] : []
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <TextField label={t('asOf')} type="date" value={values.day ?? ''} onChange={day => set({ day })} />
        <CsvButton path="/mint/trial-balance.csv" filter={{ asOf }} />
      </div>
      {fault ? <Failed fault={fault} onRetry={reload} /> : null}
      {!value && !fault ? <Loading label={common('loading')} /> : null}
      {value && rows.length === 0 ? (
        <EmptyState icon="table" title={t('noBalances')}>
          {t('noBalancesText')}
        </EmptyState>
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          caption={t('balances')}
          rows={rows}
          rowKey={({ kind = '', currency }) => kind + currency}
          columns={[
            {
              id: 'kind',
              header: t('kind'),
              rowHeader: true,
              cell: ({ kind, currency }) =>
                kind ? (
                  <Link
                    to={`/ledger?part=accounts&kind=${kind}&currency=${currency}`}
                    className="underline decoration-line underline-offset-4 hover:decoration-current"
                  >
                    {kindName(kind)}
                  </Link>
                ) : (
                  <span className="font-bold">{`${t('all')} ${currency}`}</span>
                ),
            },
            { id: 'accounts', header: t('accounts'), align: 'end', cell: ({ accounts }) => accounts ?? '' },
            {
              id: 'debits',
              header: t('debits'),
              align: 'end',
              cell: ({ debits, currency }) => <Amount of={debits} currency={currency} />,
            },
            {
              id: 'credits',
              header: t('credits'),
              align: 'end',
              cell: ({ credits, currency }) => <Amount of={credits} currency={currency} />,
            },
            {
              id: 'balance',
              header: t('balance'),
              align: 'end',
              cell: ({ balance, currency }) =>
                balance === undefined ? null : (
                  <strong>
                    <Amount of={balance} currency={currency} />
                  </strong>
                ),
            },
          ]}
        />
      ) : null}
    </div>
  )
}
