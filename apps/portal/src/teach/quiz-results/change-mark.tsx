'use client'
import { buttonStyle } from '@azora/ui/button-style.ts'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { ChangeableMark } from './change-mark-dialog.tsx'

// Most who read an attempt change nothing in it.
const ChangeMarkDialog = dynamic(() =>
  import('./change-mark-dialog.tsx').then(module => module.ChangeMarkDialog),
)

/** Opens the dialog in which a teacher gives other points for an answer. */
export function ChangeMark({ mark }: { mark: ChangeableMark }) {
  const t = useTranslations('regrading')
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className={buttonStyle({ variant: 'secondary', size: 'small', className: 'self-start' })}
      >
        {t('change', { number: mark.number })}
      </button>
      {open ? <ChangeMarkDialog mark={mark} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
