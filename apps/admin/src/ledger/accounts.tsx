import { accountKindNames } from '@azora/contracts/mint/account-kinds.ts'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { Link } from 'react-router'
import { call } from '../api.ts'
import { EmptyList } from '../lists/empty-list.tsx'
import { List } from '../lists/list.tsx'
import type { useFilters } from '../lists/use-filters.ts'
import { useTranslations } from '../messages.ts'
import { Amount } from './amount.tsx'
import { dayEnd } from './day-end.ts'
import { useKindName } from './kind-name.ts'
import { OwnerText } from './owner-text.tsx'

type Filters = ReturnType<typeof useFilters<'kind' | 'currency' | 'day'>>

/** The accounts, with their balances as of a day. */
export function Accounts({ values, set, clear }: Filters) {
  const t = useTranslations('ledger')
  const kindName = useKindName()
  const kind = accountKindNames.find(name => name === values.kind)
  const currency = /^[A-Z]{3}$/.test(values.currency ?? '') ? values.currency : undefined
  const asOf = dayEnd(values.day)
  const list = usePage(`accounts ${kind} ${currency} ${asOf}`, (cursor, signal) =>
    call('mint.listAccounts', { kind, currency, asOf, cursor, limit: 50 }, { signal }),
  )
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-3">
        <NativeSelect
          label={t('kind')}
          value={kind ?? ''}
          onChange={({ target }) => set({ kind: target.value })}
          options={[
            { id: '', label: t('anyKind') },
            ...accountKindNames.map(name => ({ id: name, label: kindName(name) })),
          ]}
        />
        <TextField
          label={t('currency')}
          value={values.currency ?? ''}
          placeholder={t('anyCurrency')}
          maxLength={3}
          onChange={text => set({ currency: text.toUpperCase() })}
        />
        <TextField label={t('asOf')} type="date" value={values.day ?? ''} onChange={day => set({ day })} />
      </div>
      <List
        list={list}
        caption={t('accounts')}
        rowKey={({ id }) => id}
        columns={[
          {
            id: 'account',
            header: t('account'),
            rowHeader: true,
            cell: ({ id, kind: of, owner }) => (
              <>
                <Link
                  to={`/ledger/accounts/${id}`}
                  className="underline decoration-line underline-offset-4 hover:decoration-current"
                >
                  {kindName(of)}
                </Link>
                <span className="block text-sm font-normal text-muted">
                  <OwnerText owner={owner} />
                </span>
              </>
            ),
          },
          {
            id: 'balance',
            header: t('balance'),
            align: 'end',
            cell: ({ balance, currency: of }) => <Amount of={balance} currency={of} />,
          },
          {
            id: 'available',
            header: t('available'),
            align: 'end',
            cell: ({ available, currency: of }) => <Amount of={available} currency={of} />,
          },
        ]}
        empty={
          <EmptyList filtered={Boolean(kind || currency)} clear={clear} icon="table" title={t('noAccounts')}>
            {t('noAccountsText')}
          </EmptyList>
        }
      />
    </div>
  )
}
