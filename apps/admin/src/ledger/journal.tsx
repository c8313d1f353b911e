import { TextField } from '@azora/ui/text-field.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { call } from '../api.ts'
import { CsvButton } from '../lists/csv-button.tsx'
import { EmptyList } from '../lists/empty-list.tsx'
import { List } from '../lists/list.tsx'
import { SearchField } from '../lists/search-field.tsx'
import type { useFilters } from '../lists/use-filters.ts'
import { useTranslations } from '../messages.ts'
import { dayBegin, dayEnd } from './day-end.ts'
import { useTransferColumns } from './transfer-columns.tsx'

type Filters = ReturnType<typeof useFilters<'from' | 'until' | 'transfer'>>

/** Every transfer, the newest first. */
export function Journal({ values, set, clear }: Filters) {
  const t = useTranslations('ledger')
  // Anything else is no name of a kind, and would be refused.
  const kind = /^[a-z][a-z0-9_]{0,39}$/.test(values.transfer ?? '') ? values.transfer : undefined
  const wanted = { kind, from: dayBegin(values.from), until: dayEnd(values.until) }
  const list = usePage(`journal ${JSON.stringify(wanted)}`, (cursor, signal) =>
    call('mint.listTransfers', { ...wanted, cursor, limit: 50 }, { signal }),
  )
  const columns = useTransferColumns({ withBooking: true })
  return (
    <div className="flex flex-col gap-4">
      <div className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr_auto]">
        <SearchField
          label={t('kind')}
          value={values.transfer ?? ''}
          onSearch={transfer => set({ transfer })}
        />
        <TextField label={t('from')} type="date" value={values.from ?? ''} onChange={from => set({ from })} />
        <TextField
          label={t('until')}
          type="date"
          value={values.until ?? ''}
          onChange={until => set({ until })}
        />
        <CsvButton path="/mint/transfers.csv" filter={wanted} />
      </div>
      <List
        list={list}
        caption={t('journal')}
        rowKey={({ id }) => id}
        columns={columns}
        empty={
          <EmptyList
            filtered={Boolean(kind || wanted.from || wanted.until)}
            clear={clear}
            icon="table"
            title={t('noTransfers')}
          >
            {t('noTransfersText')}
          </EmptyList>
        }
      />
    </div>
  )
}
