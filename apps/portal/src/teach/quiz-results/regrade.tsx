'use client'
import { buttonStyle } from '@azora/ui/button-style.ts'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { RegradeProps } from './regrade-dialog.tsx'

const RegradeDialog = dynamic(() => import('./regrade-dialog.tsx').then(module => module.RegradeDialog))

/** Opens the dialog in which attempts at changed questions are marked anew. */
export function Regrade(props: RegradeProps) {
  const t = useTranslations('regrading')
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setOpen(true)} className={buttonStyle({ variant: 'secondary' })}>
        {t(props.running ? 'showProgress' : 'regrade')}
      </button>
      {open ? <RegradeDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
