'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import type { QuizState } from './use-quiz.ts'

/** Whether attempts keep a log, and for how long. */
export function IntegritySection({ state }: { state: QuizState }) {
  const t = useTranslations('quizEditor')
  const { settings, changeSettings } = state
  return (
    <section aria-labelledby="quiz-log" className="flex flex-col gap-5 border-t border-line pt-5">
      <h2 id="quiz-log" className="text-lg font-bold">
        {t('log')}
      </h2>
      <div className="flex flex-col gap-1.5">
        <Checkbox
          isSelected={settings.integrityLog}
          onChange={integrityLog => changeSettings({ integrityLog })}
        >
          {t('integrityLog')}
        </Checkbox>
        <p className="ps-8 text-sm text-muted">{t('integrityLogHelp')}</p>
      </div>
      {settings.integrityLog ? (
        <div className="sm:max-w-xs">
          <NumberField
            label={t('integrityLogDays')}
            description={t('integrityLogDaysHelp')}
            name="integrityLogDays"
            minValue={1}
            maxValue={limits.daysOfLog}
            value={settings.integrityLogDays}
            onChange={days => changeSettings({ integrityLogDays: Number.isNaN(days) ? 90 : days })}
          />
        </div>
      ) : null}
    </section>
  )
}
