import type { RateClass } from '@azora/contracts/operation.ts'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { ProgressBar } from '@azora/ui/progress-bar.tsx'
import { Table } from '@azora/ui/table.tsx'
import { Link } from 'react-router'
import { Written } from '../code/written.tsx'
import { NeedsDocument } from '../document/needs-document.tsx'
import { useTranslations } from '../messages.ts'
import { tierIn, useStanding } from './standing.ts'

const classes: RateClass[] = ['general', 'upload', 'program', 'ai', 'verify', 'sign_in']
const holders = ['key', 'person', 'address'] as const

/** The limits of one's own tier, and how much of them is left now. */
export function LimitsNow() {
  const t = useTranslations('limits')
  const { budgets, again } = useStanding()
  return (
    <section className="mt-10 flex flex-col gap-5">
      <div>
        <h2 className="text-lg font-bold">{t('title')}</h2>
        <p className="mt-1 max-w-2xl text-muted">
          <Written text={t('text')} />{' '}
          <Link to="/guides/rate-limits" className="text-accent-ink underline underline-offset-3">
            {t('guide')}
          </Link>
        </p>
      </div>
      {budgets?.length === 0 ? <Notice>{t('off')}</Notice> : null}
      {budgets && budgets.length > 0 ? (
        <Card className="flex flex-col gap-4">
          <div className="flex items-center justify-between gap-4">
            <h3 className="font-semibold">{t('now')}</h3>
            <Button variant="quiet" size="small" onPress={again}>
              <Icon name="refresh" />
              {t('again')}
            </Button>
          </div>
          {budgets.map(({ name, quota, remaining, resetSeconds }) => {
            const holder = holders.find(one => name.endsWith(one)) ?? 'address'
            return (
              <ProgressBar
                key={name}
                label={t(`left_${holder}`)}
                percent={quota ? (remaining / quota) * 100 : 0}
                note={t('left', { remaining, quota, seconds: resetSeconds })}
              />
            )
          })}
        </Card>
      ) : null}
      <NeedsDocument>
        {({ limits }) => {
          const tier = limits && budgets ? tierIn(budgets, limits) : null
          if (!limits || !tier) return null
          return (
            <Table
              caption={t('caption', { tier: t(`tier_${tier}`), seconds: limits.windowSeconds })}
              rows={classes}
              rowKey={one => one}
              columns={[
                {
                  id: 'class',
                  header: t('class'),
                  rowHeader: true,
                  cell: one => (
                    <>
                      {t(`class_${one}`)}
                      <span className="block text-sm font-normal text-muted">{t(`class_${one}_text`)}</span>
                    </>
                  ),
                },
                ...holders.map(holder => ({
                  id: holder,
                  header: t(holder),
                  align: 'end' as const,
                  cell: (one: RateClass) => limits.tiers[tier][one][holder].toLocaleString(),
                })),
              ]}
            />
          )
        }}
      </NeedsDocument>
    </section>
  )
}
