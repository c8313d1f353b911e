import { may } from '@azora/contracts/permissions.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { Card } from '@azora/ui/card.tsx'
import { DataTable } from '@azora/ui/data-table.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { Moment } from '@azora/web/moment.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { call } from '../api.ts'
import { Failed, Loading } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { percentText } from './percent.ts'
import { SplitForm } from './split-form.tsx'
import { WalletRules } from './wallet-rules.tsx'

/** By which rules sales are shared out, and money is sent; those who keep the books change them. */
export function Rules() {
  const t = useTranslations('ledgerRules')
  const common = useTranslations('common')
  const locale = useLocale()
  const keepsBooks = may(useAccount(), 'office:finance')
  const { value, fault, reload } = useLoad('split rules', signal =>
    call('mint.listSplitRules', {}, { signal }),
  )
  if (fault) return <Failed fault={fault} onRetry={reload} />
  if (!value) return <Loading label={common('loading')} />
  const percent = (points: number) => percentText(points, locale)
  const started = value.items.filter(({ validFrom }) => Date.parse(validFrom) <= Date.now())
  const current = new Set([...Map.groupBy(started, ({ name }) => name).values()].map(([first]) => first?.id))
  return (
    <div className="flex flex-col gap-6">
      <Card as="section" className="flex flex-col gap-4">
        <div>
          <h2 className="text-xl font-bold">{t('splits')}</h2>
          <p className="mt-1 max-w-2xl text-muted">{t(value.items.length > 0 ? 'splitsText' : 'noSplits')}</p>
        </div>
        {value.items.length > 0 ? (
          <DataTable
            caption={t('splits')}
            rows={value.items}
            rowKey={({ id }) => id}
            columns={[
              {
                id: 'version',
                header: t('version'),
                rowHeader: true,
                cell: ({ id, name, version, validFrom }) => (
                  <span className="flex flex-wrap items-center gap-2">
                    <code className="font-mono text-sm">{`${name} ${version}`}</code>
                    {current.has(id) ? <Badge tone="good">{t('current')}</Badge> : null}
                    {Date.parse(validFrom) > Date.now() ? <Badge tone="info">{t('later')}</Badge> : null}
                  </span>
                ),
              },
              { id: 'from', header: t('validFrom'), cell: ({ validFrom }) => <Moment time={validFrom} /> },
              { id: 'tax', header: t('tax'), align: 'end', cell: rule => percent(rule.taxBasisPoints) },
              {
                id: 'platform',
                header: t('platform'),
                align: 'end',
                cell: rule => percent(rule.shares.platform),
              },
              { id: 'school', header: t('school'), align: 'end', cell: rule => percent(rule.shares.school) },
              {
                id: 'instructor',
                header: t('instructor'),
                align: 'end',
                cell: rule => percent(rule.shares.instructor),
              },
            ]}
          />
        ) : null}
        {keepsBooks ? <SplitForm key={value.items.length} onAdded={reload} /> : null}
      </Card>
      <WalletRules mayChange={keepsBooks} />
    </div>
  )
}
