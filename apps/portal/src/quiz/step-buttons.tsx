'use client'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { type ReactNode, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import type { useSteps } from './use-steps.ts'

type StepButtonsProps = {
  steps: ReturnType<typeof useSteps>
  /** The question on the page has an answer. */
  answered: boolean
  /** Files to it that the server does not have yet. */
  filesWaiting: number
  isDisabled: boolean
  /** The button that submits, on the last question. */
  children: ReactNode
}

/** Back and next below one question, or those under one text. Leaving one for good without an answer, or before its files arrived, is asked about first. */
export function StepButtons({ steps, answered, filesWaiting, isDisabled, children }: StepButtonsProps) {
  const t = useTranslations('quiz')
  const [asking, setAsking] = useState(false)
  const { length: count } = steps.shown
  const isDone = answered && filesWaiting === 0
  const next = () => (steps.forward && !isDone ? setAsking(true) : void steps.next())
  return (
    <div className="flex flex-col gap-3">
      {steps.forward && !steps.isLast ? (
        <p className="text-sm text-muted">{t('noWayBack', { count })}</p>
      ) : null}
      <div className="flex flex-col-reverse gap-3 sm:flex-row sm:justify-between">
        {steps.forward || steps.number === steps.offset + 1 ? (
          <span />
        ) : (
          <Button variant="secondary" size="large" onPress={steps.back} isDisabled={isDisabled}>
            <Icon name="back" />
            {t('previousQuestion')}
          </Button>
        )}
        {steps.isLast ? (
          children
        ) : (
          <Button size="large" onPress={next} isPending={steps.busy} isDisabled={isDisabled}>
            {t('nextQuestion')}
            <Icon name="forward" />
          </Button>
        )}
      </div>
      <ConfirmDialog
        isOpen={asking}
        onOpenChange={setAsking}
        title={t(filesWaiting > 0 ? 'leaveFilesTitle' : 'leaveTitle')}
        confirmLabel={t('nextQuestion')}
        cancelLabel={t('leaveCancel')}
        onConfirm={steps.next}
      >
        <p>{filesWaiting > 0 ? t('leaveFilesText', { count: filesWaiting }) : t('leaveText', { count })}</p>
      </ConfirmDialog>
    </div>
  )
}
