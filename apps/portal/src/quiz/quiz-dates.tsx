'use client'
import type { ReactNode } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { dueBefore } from './break-dates.ts'
import { LocalTime } from './local-time.tsx'
import type { QuizOverview } from './use-overview.ts'

/** When a quiz is due and when it closes, with what being late costs. */
export function QuizDates({ overview }: { overview: QuizOverview }) {
  const t = useTranslations('quiz')
  const { dueAt, closesAt, closed, kind, latePercentPerDay, now, timeLimitMinutes, breakMinutes } = overview
  if (closed || !(dueAt || closesAt)) return null
  // Without a limit of the whole, those of sections are one where each has its own.
  const own = overview.sections?.map(section => section.timeLimitMinutes) ?? []
  const limit =
    timeLimitMinutes ??
    (own.length > 0 && !own.includes(null) ? own.reduce<number>((sum, one) => sum + (one ?? 0), 0) : null)
  const breaks = limit === null ? 0 : (breakMinutes ?? 0)
  // Were it begun now, with all of its breaks.
  const endMs = Date.parse(now) + ((limit ?? 0) + breaks) * 60_000
  return (
    <dl className="flex flex-col gap-3 border-t border-line pt-4">
      {dueAt ? (
        <Moment name={t('due')} time={dueAt}>
          {kind === 'quiz'
            ? latePercentPerDay > 0
              ? t('lateCosts', { percent: latePercentPerDay })
              : t('lateMarked')
            : null}
          {breaks > 0 && dueBefore(overview, now, endMs) ? ` ${t('breaksAndDue')}` : null}
        </Moment>
      ) : null}
      {closesAt ? (
        <Moment name={t('closes')} time={closesAt}>
          {t('closesText')}
        </Moment>
      ) : null}
    </dl>
  )
}

function Moment({ name, time, children }: { name: string; time: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm font-semibold text-muted">{name}</dt>
      <dd>
        <p className="font-semibold">
          <LocalTime time={time} />
        </p>
        {children ? <p className="text-sm text-muted">{children}</p> : null}
      </dd>
    </div>
  )
}
