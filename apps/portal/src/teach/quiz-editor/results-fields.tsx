'use client'
import { Select } from '@azora/ui/select.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import type { Settings } from './settings-draft.ts'
import type { QuizState } from './use-quiz.ts'

const results: Settings['resultsShown'][] = ['all', 'score', 'none']
const releases: Settings['answerRelease'][] = ['at_once', 'after_due', 'after_all', 'never']

/** What learners see of their result, and when they see what was right. */
export function ResultsFields({ state: { settings, changeSettings } }: { state: QuizState }) {
  const t = useTranslations('quizEditor')
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Select
        label={t('resultsShown')}
        description={t(`resultsHelp_${settings.resultsShown}`)}
        name="resultsShown"
        value={settings.resultsShown}
        onChange={id =>
          changeSettings({ resultsShown: results.find(one => one === id) ?? settings.resultsShown })
        }
        options={results.map(one => ({ id: one, label: t(`results_${one}`) }))}
      />
      {settings.resultsShown === 'all' ? (
        <Select
          label={t('answerRelease')}
          description={t(`releaseHelp_${settings.answerRelease}`)}
          name="answerRelease"
          value={settings.answerRelease}
          onChange={id =>
            changeSettings({ answerRelease: releases.find(one => one === id) ?? settings.answerRelease })
          }
          options={releases.map(one => ({ id: one, label: t(`release_${one}`) }))}
        />
      ) : null}
    </div>
  )
}
