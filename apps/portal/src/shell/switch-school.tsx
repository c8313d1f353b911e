'use client'
import { Icon } from '@azora/ui/icon.tsx'
import { forgetSchool } from '@azora/web/offline/forget.ts'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/api.browser.ts'
import { startAddress } from '../lib/landing.ts'

type SwitchSchoolProps = {
  schools: { id: string; name: string }[]
  className: string
  /** Without, the button says where it leads. */
  label?: string
}

/** A button for each other school of the signed-in person. */
export function SwitchSchool({ schools, className, label }: SwitchSchoolProps) {
  const t = useTranslations('shell')
  const common = useTranslations('common')
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const go = async (organizationId: string) => {
    setState('busy')
    try {
      await call('auth.switchOrganization', { organizationId, session: 'cookie' })
    } catch {
      return setState('failed')
    }
    // What this device kept is of the school before.
    await forgetSchool()
    location.assign(startAddress)
  }
  return (
    <>
      {schools.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          onClick={() => go(id)}
          disabled={state === 'busy'}
          {...(label ? { 'aria-label': `${label}: ${name}` } : {})}
          className={className}
        >
          {label ? null : <Icon name="building" />}
          {state === 'busy' ? t('switching') : (label ?? t('switchTo', { school: name }))}
        </button>
      ))}
      {state === 'failed' ? (
        <p role="alert" className="max-w-60 px-3 py-2 text-sm text-bad">
          {common('connectionLost')}
        </p>
      ) : null}
    </>
  )
}
