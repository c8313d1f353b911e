import { Notice } from '@azora/ui/notice.tsx'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Written } from '../code/written.tsx'
import type { Limits, Operation } from '../document/api-document.ts'
import { useTranslations } from '../messages.ts'
import { tierIn, useStanding } from '../usage/standing.ts'

/** The rules that hold before an operation looks at what it was sent. */
export function OperationRules({ operation, limits }: { operation: Operation; limits: Limits | null }) {
  const t = useTranslations('reference')
  const { access, offices, scope, interactive, stepUp, rateClass, deprecation } = operation
  const { budgets } = useStanding()
  const tier = budgets && limits ? tierIn(budgets, limits) : null
  const who =
    access === 'public' || access === 'member'
      ? t(`access_${access}`)
      : access.startsWith('office:')
        ? t('access_office', { office: access.slice('office:'.length) })
        : offices.length > 0
          ? t('access_permissionOrOffice', {
              permission: access,
              offices: offices.map(office => `\`${office}\``).join(', '),
              n: offices.length,
            })
          : t('access_permission', { permission: access })
  const allowance = limits && tier ? limits.tiers[tier][rateClass] : null
  return (
    <>
      {deprecation ? (
        <div className="mt-5">
          <Notice tone="warning" title={t('deprecated')}>
            {t('deprecatedText', { ...deprecation })}
          </Notice>
        </div>
      ) : null}
      <dl className="mt-6 grid gap-x-8 gap-y-4 sm:grid-cols-2 xl:grid-cols-3">
        <Rule name={t('whoMayCall')}>
          <Written text={who} />
        </Rule>
        <Rule name={t('scope')}>
          {scope ? (
            <Written text={t('scopeText', { scope })} />
          ) : interactive ? (
            t('scopeInteractive')
          ) : (
            t('scopeNone')
          )}
        </Rule>
        <Rule name={t('budget')}>
          {t(`class_${rateClass}`)}
          {allowance && limits
            ? `: ${t('perWindow', { count: allowance.person, seconds: limits.windowSeconds })}`
            : ''}{' '}
          <Link to="/guides/rate-limits" className="text-accent-ink underline underline-offset-3">
            {t('more')}
          </Link>
        </Rule>
        {stepUp ? <Rule name={t('stepUp')}>{t('stepUpText')}</Rule> : null}
      </dl>
    </>
  )
}

const Rule = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="border-s-2 border-accent/40 ps-4">
    <dt className="text-sm font-semibold text-muted">{name}</dt>
    <dd className="mt-0.5">{children}</dd>
  </div>
)
