import { Button } from '@azora/ui/button.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from '../../../i18n/server.ts'
import { api, need } from '../../../lib/api.server.ts'
import { NotForRole } from '../../../teach/not-for-role.tsx'
import { askedMonths, recentMonths } from '../../../teach/sales/months.ts'
import { SalesTable } from '../../../teach/sales/sales-table.tsx'
import { SalesTotals } from '../../../teach/sales/sales-totals.tsx'
import { TeachBreadcrumbs } from '../../../teach/teach-breadcrumbs.tsx'
import { isTeacher } from '../../../teach/teacher.server.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

const path = '/teach/sales'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sales'))('title') }
}

/** What an instructor's courses sold, and what of it is theirs. */
export default async function SalesPage({ searchParams }: Props) {
  if (!(await isTeacher(path))) return <NotForRole />
  const months = askedMonths(await searchParams, new Date())
  const [t, client] = await Promise.all([getTranslations('sales'), api()])
  const { items, totals } = await need(client.mint.listCourseSales(months), path)
  const csv = `/api/v1/mint/course-sales.csv?${new URLSearchParams(months)}`
  return (
    <div className="page-width flex flex-col gap-6">
      <PageHeader
        above={<TeachBreadcrumbs items={[{ label: t('title') }]} />}
        title={t('title')}
        description={t('description')}
        actions={
          <LinkButton href={csv} variant="secondary" download>
            <Icon name="download" />
            {t('csv')}
          </LinkButton>
        }
      />
      <Months {...months} />
      {items.length > 0 ? (
        <>
          {totals.map(total => (
            <SalesTotals key={total.currency} total={total} />
          ))}
          {[...Map.groupBy(items, ({ month }) => month)].map(([month, sales]) => (
            <SalesTable key={month} month={month} sales={sales} />
          ))}
          <p className="max-w-3xl text-sm text-muted">{t('feeText')}</p>
        </>
      ) : (
        <EmptyState
          icon="receipt"
          title={t('empty')}
          action={<LinkButton href="/teach">{t('emptyAction')}</LinkButton>}
        >
          {t('emptyText')}
        </EmptyState>
      )}
    </div>
  )
}

/** A plain form, so that it works before the scripts of the page are there. */
async function Months({ from, to }: { from: string; to: string }) {
  const [t, locale] = await Promise.all([getTranslations('sales'), getLocale()])
  const format = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const known = recentMonths(new Date())
  const options = [...new Set([...known, from, to])]
    .sort()
    .reverse()
    .map(id => ({ id, label: format.format(new Date(`${id}-01T00:00:00Z`)) }))
  return (
    <form action={path} className="flex flex-wrap items-end gap-3">
      <NativeSelect label={t('from')} name="from" defaultValue={from} options={options} />
      <NativeSelect label={t('to')} name="to" defaultValue={to} options={options} />
      <Button type="submit" variant="secondary">
        {t('show')}
      </Button>
    </form>
  )
}
