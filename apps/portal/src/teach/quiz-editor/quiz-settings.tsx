'use client'

import { limits } from '@azora/contracts/limits.ts'
import { Card } from '@azora/ui/card.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useState } from 'react'
import { Form as AriaForm } from 'react-aria-components/Form'
import { useTranslations } from '../../i18n/client.tsx'
import { htmlOf, typedText } from './question-draft.ts'
import type { QuizState } from './use-quiz.ts'

const orNull = (value: number) => (Number.isNaN(value) ? null : value)

/** When a quiz is passed, how long it may take and how often it may be tried. */
export function QuizSettings({ state }: { state: QuizState }) {
  const t = useTranslations('quizEditor')
  const { settings, changeSettings, faults } = state
  const [description, setDescription] = useState(() => typedText(settings.description))
  return (
    <Card className="max-w-3xl">
      <AriaForm
        validationErrors={faults.settings}
        onSubmit={event => event.preventDefault()}
        className="flex flex-col gap-5"
      >
        <TextField
          label={t('title')}
          name="title"
          value={settings.title}
          onChange={title => changeSettings({ title })}
          maxLength={300}
          isRequired
        />
        <TextArea
          label={t('description')}
          description={t('descriptionHelp')}
          name="description"
          value={description}
          onChange={text => {
            setDescription(text)
            changeSettings({ description: htmlOf(text) })
          }}
        />
        <div className="grid gap-5 sm:grid-cols-3">
          <NumberField
            label={t('passingScore')}
            name="passingScore"
            minValue={0}
            maxValue={100}
            value={settings.passingScore}
            onChange={value => changeSettings({ passingScore: orNull(value) ?? 0 })}
          />
          <NumberField
            label={t('timeLimit')}
            description={t('timeLimitHelp')}
            name="timeLimitMinutes"
            minValue={1}
            maxValue={limits.timeLimitMinutes}
            value={settings.timeLimitMinutes ?? Number.NaN}
            onChange={value => changeSettings({ timeLimitMinutes: orNull(value) })}
          />
          <NumberField
            label={t('maxAttempts')}
            description={t('maxAttemptsHelp')}
            name="maxAttempts"
            minValue={1}
            maxValue={limits.attempts}
            value={settings.maxAttempts ?? Number.NaN}
            onChange={value => changeSettings({ maxAttempts: orNull(value) })}
          />
        </div>
        <Checkbox isSelected={settings.shuffle} onChange={shuffle => changeSettings({ shuffle })}>
          {t('shuffle')}
        </Checkbox>
      </AriaForm>
    </Card>
  )
}
