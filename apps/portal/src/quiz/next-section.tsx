'use client'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import type { QuestionState } from './question-states.ts'
import type { SectionNow } from './sections.ts'

type NextSectionProps = {
  section: SectionNow
  states: QuestionState[]
  /** Files that the server does not have yet. */
  filesWaiting: number
  isDisabled: boolean
  onGo: () => Promise<void>
}

/** Leads to the next section, once the learner knows what they leave: there is no way back. */
export function NextSection({ section, states, filesWaiting, isDisabled, onGo }: NextSectionProps) {
  const t = useTranslations('quiz')
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const number = section.number + 1
  const open = states.filter(({ answered }) => !answered).length
  const flagged = states.filter(state => state.flagged).length
  return (
    <>
      <Button size="large" isPending={busy} isDisabled={isDisabled} onPress={() => setAsking(true)}>
        {t('nextSection', { number })}
        <Icon name="forward" />
      </Button>
      <ConfirmDialog
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('nextSectionTitle', { number })}
        confirmLabel={t('nextSection', { number })}
        cancelLabel={t('leaveCancel')}
        onConfirm={async () => {
          setBusy(true)
          await onGo()
          setBusy(false)
        }}
      >
        <div className="flex flex-col gap-3">
          {filesWaiting > 0 ? (
            <p className="font-semibold text-bad-ink">{t('sectionFiles', { count: filesWaiting })}</p>
          ) : null}
          <p className={open > 0 ? 'font-semibold text-amber-ink' : ''}>
            {open > 0 ? t('confirmOpen', { count: open }) : t('sectionAnswered')}
          </p>
          {flagged > 0 ? <p>{t('confirmFlagged', { count: flagged })}</p> : null}
          <p>{t('nextSectionText', { number: section.number })}</p>
          {section.endsAt ? <p className="text-muted">{t('sectionTimeLost')}</p> : null}
        </div>
      </ConfirmDialog>
    </>
  )
}
