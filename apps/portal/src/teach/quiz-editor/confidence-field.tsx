'use client'
import { Select } from '@azora/ui/select.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import type { Settings } from './settings-draft.ts'
import type { QuizState } from './use-quiz.ts'

const modes: Settings['confidence'][] = ['not_asked', 'shown', 'counted']

/** Whether learners say how sure they are of their answers, and what that is for. */
export function ConfidenceField({ state: { settings, changeSettings } }: { state: QuizState }) {
  const t = useTranslations('quizEditor')
  // Nothing counts in practice.
  const offered = settings.practice ? modes.filter(mode => mode !== 'counted') : modes
  const value = offered.find(mode => mode === settings.confidence) ?? 'shown'
  return (
    <div className="sm:max-w-md">
      <Select
        label={t('confidence')}
        description={t(`confidenceHelp_${value}`)}
        name="confidence"
        value={value}
        onChange={id => changeSettings({ confidence: modes.find(mode => mode === id) ?? value })}
        options={offered.map(mode => ({ id: mode, label: t(`confidence_${mode}`) }))}
      />
    </div>
  )
}
