'use client'
import { Badge } from '@azora/ui/badge.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import type { Learner } from './learner.ts'
import type { Plan } from './use-plan.ts'

/** What a plan would do to each group. */
export function PlannedGroups({ plan, learners }: { plan: Plan; learners: Learner[] }) {
  const t = useTranslations('groups')
  const names = new Map(learners.map(({ userId, name }) => [userId, name]))
  return (
    <ul aria-label={t('plan')} className="flex max-h-[45dvh] flex-col gap-3 overflow-y-auto">
      {plan.groups.map(({ name, isNew, addedIds, alreadyCount }) => (
        <li key={name} className="rounded-control border border-line px-4 py-3">
          <p className="flex flex-wrap items-center gap-2 font-semibold break-words">
            {name}
            {isNew ? <Badge tone="good">{t('isNew')}</Badge> : null}
          </p>
          <p className="text-sm">
            {addedIds.length > 0 ? addedIds.map(id => names.get(id) ?? '').join(', ') : t('nobodyNew')}
          </p>
          {alreadyCount > 0 ? (
            <p className="text-sm text-muted">{t('already', { count: alreadyCount })}</p>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
