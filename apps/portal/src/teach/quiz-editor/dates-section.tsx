'use client'
import { NumberField } from '@azora/ui/number-field.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import { DateField, useOwnZone } from './date-field.tsx'
import type { QuizState } from './use-quiz.ts'

const dates = ['opensAt', 'dueAt', 'closesAt'] as const

/** From when to when a quiz is taken, and what being late costs. */
export function DatesSection({ state }: { state: QuizState }) {
  const t = useTranslations('quizEditor')
  const { settings, changeSettings } = state
  const zone = useOwnZone()
  return (
    <section aria-labelledby="quiz-dates" className="flex flex-col gap-5 border-t border-line pt-5">
      <div>
        <h2 id="quiz-dates" className="text-lg font-bold">
          {t('dates')}
        </h2>
        {zone ? (
          <p className="text-sm text-muted">{t('datesZone', { zone: zone.replaceAll('_', ' ') })}</p>
        ) : null}
      </div>
      <div className="grid gap-5 sm:grid-cols-3">
        {dates.map(name => (
          <DateField
            key={name}
            label={t(name)}
            description={t(`${name}Help`)}
            name={name}
            value={settings[name]}
            onChange={time => changeSettings({ [name]: time })}
          />
        ))}
      </div>
      {settings.kind === 'quiz' && settings.dueAt ? (
        <NumberField
          label={t('latePercent')}
          description={t('latePercentHelp')}
          name="latePercentPerDay"
          minValue={0}
          maxValue={100}
          value={settings.latePercentPerDay}
          onChange={value => changeSettings({ latePercentPerDay: Number.isNaN(value) ? 0 : value })}
        />
      ) : null}
    </section>
  )
}
