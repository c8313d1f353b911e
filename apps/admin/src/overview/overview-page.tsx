import { may } from '@azora/contracts/permissions.ts'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { useEffect } from 'react'
import { Failed, Loading } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { Attention } from './attention.tsx'
import { NextSteps } from './next-steps.tsx'
import { Parts } from './parts.tsx'
import { Storage } from './storage.tsx'
import { loadSystemState } from './system-state.ts'
import { Usage } from './usage.tsx'

const renewEveryMs = 15_000

/** Whether everything is well, what asks for someone's attention, and where to go from here. */
export function OverviewPage() {
  const t = useTranslations('overview')
  const common = useTranslations('common')
  const account = useAccount()
  const { name } = account
  const { value, fault, reload } = useLoad('system', loadSystemState)
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), renewEveryMs)
    return () => clearInterval(timer)
  }, [reload])
  return (
    <>
      <PageHeader title={t('title', { name: name.split(' ')[0] ?? name })} description={t('text')} />
      {fault ? <Failed fault={fault} onRetry={reload} /> : null}
      <div className="flex flex-col gap-8">
        {value ? <Attention state={value} /> : fault ? null : <Loading label={common('loading')} />}
        <NextSteps />
        {may(account, 'organization.manage') ? <Storage /> : null}
        {may(account, 'integrations.manage') ? <Usage /> : null}
        {value ? <Parts state={value} /> : null}
      </div>
    </>
  )
}
