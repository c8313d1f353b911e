'use client'
import { Notice } from '@azora/ui/notice.tsx'
import { useId } from 'react'
import { CodeListing } from '../../code/code-listing.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import type { AnswerToMark } from './use-mark.ts'

/** A program that a person marks, with the reason why its tests did not. */
export function ProgramAnswer({ program }: { program: NonNullable<AnswerToMark['program']> }) {
  const t = useTranslations('marking')
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Notice tone="warning">{t(program.notRun ? `notRun_${program.notRun}` : 'notRun')}</Notice>
      <CodeListing id={id} files={program.files} />
    </div>
  )
}
