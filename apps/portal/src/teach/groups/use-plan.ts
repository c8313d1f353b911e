'use client'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { ApiError, call, type InputOf, type OutputOf } from '../../lib/api.browser.ts'
import { useAction } from '../use-action.ts'

type Assigned = InputOf<'education.assignGroups'>['groups']
export type Plan = OutputOf<'education.assignGroups'>

/** A plan of who comes into which group: asked for, looked at, applied as it was looked at. */
export function usePlan(courseId: string, onApplied: () => void) {
  const t = useTranslations('groups')
  const [asked, setAsked] = useState<{ groups: Assigned; plan: Plan } | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const { run, pending, fault } = useAction()
  const look = (groups: Assigned) =>
    run(async () => {
      setRefused(null)
      setAsked({ groups, plan: await call('education.assignGroups', { courseId, apply: false, groups }) })
    })
  const apply = () =>
    run(async () => {
      if (!asked) return
      const { groups, plan } = asked
      try {
        await call('education.assignGroups', { courseId, apply: true, revision: plan.revision, groups })
        onApplied()
      } catch (failure) {
        if (!(failure instanceof ApiError && failure.code === 'conflict')) throw failure
        setAsked(null)
        setRefused(t('changed'))
      }
    })
  const forget = () => setAsked(null)
  return {
    plan: asked?.plan ?? null,
    look,
    apply,
    forget,
    refuse: setRefused,
    pending,
    fault: refused ?? fault,
    run,
  }
}
