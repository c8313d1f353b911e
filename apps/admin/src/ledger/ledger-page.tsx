import { PageHeader } from '@azora/ui/page-header.tsx'
import { Tabs } from '@azora/ui/tabs.tsx'
import { useFilters } from '../lists/use-filters.ts'
import { useTranslations } from '../messages.ts'
import { Accounts } from './accounts.tsx'
import { Balances } from './balances.tsx'
import { Health } from './health.tsx'
import { Journal } from './journal.tsx'
import { Rules } from './rules.tsx'

const parts = ['balances', 'accounts', 'journal', 'rules'] as const
const filterNames = ['part', 'kind', 'currency', 'day', 'from', 'until', 'transfer'] as const

/** The school's books. What is chosen stands in the address, so that a view can be kept and sent. */
export function LedgerPage() {
  const t = useTranslations('ledger')
  const filters = useFilters(filterNames)
  const part = parts.find(name => name === filters.values.part) ?? 'balances'
  const clear = () => filters.set({ kind: '', currency: '', day: '', from: '', until: '', transfer: '' })
  const shared = { ...filters, clear }
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <div className="flex flex-col gap-6">
        <Health />
        <Tabs
          label={t('tabs')}
          selected={part}
          onSelect={id => filters.set({ part: id === 'balances' ? '' : id })}
          tabs={[
            { id: 'balances', label: t('tabBalances'), content: <Balances {...shared} /> },
            { id: 'accounts', label: t('tabAccounts'), content: <Accounts {...shared} /> },
            { id: 'journal', label: t('tabJournal'), content: <Journal {...shared} /> },
            { id: 'rules', label: t('tabRules'), content: <Rules /> },
          ]}
        />
      </div>
    </>
  )
}
