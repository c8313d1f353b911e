'use client'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import type { QuizState } from './use-quiz.ts'

/** Whether a quiz is for practice, and what that means. */
export function PracticeField({ state }: { state: QuizState }) {
  const t = useTranslations('quizEditor')
  const { settings, changeSettings, faults, quiz } = state
  const fault = faults.settings.practice
  return (
    <div className="flex flex-col gap-1.5">
      <Checkbox
        isSelected={settings.practice}
        isDisabled={quiz?.attempted ?? false}
        onChange={practice => changeSettings({ practice })}
      >
        {t('practice')}
      </Checkbox>
      <p className="ps-8 text-sm text-muted">{t(quiz?.attempted ? 'practiceFixed' : 'practiceHelp')}</p>
      {fault ? (
        <p role="alert" className="ps-8 text-sm font-medium text-bad-ink">
          {fault}
        </p>
      ) : null}
    </div>
  )
}
