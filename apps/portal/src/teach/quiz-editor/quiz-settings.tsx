'use client'

import { limits } from '@azora/contracts/limits.ts'
import { Card } from '@azora/ui/card.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import { Radio, RadioGroup } from '@azora/ui/radio-group.tsx'
import { Select } from '@azora/ui/select.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useState } from 'react'
import { Form as AriaForm } from 'react-aria-components/Form'
import { useTranslations } from '../../i18n/client.tsx'
import { OpensAtField } from './opens-at-field.tsx'
import { htmlOf, typedText } from './question-draft.ts'
import type { QuizState, Settings } from './use-quiz.ts'

const kinds: Settings['kind'][] = ['quiz', 'survey']
const results: Settings['resultsShown'][] = ['all', 'score', 'none']

const orNull = (value: number) => (Number.isNaN(value) ? null : value)

/** What a quiz is, when it is passed, who may start it and when, and what learners see of their result. */
export function QuizSettings({ state }: { state: QuizState }) {
  const t = useTranslations('quizEditor')
  const { settings, changeSettings, faults, quiz } = state
  const survey = settings.kind === 'survey'
  const [description, setDescription] = useState(() => typedText(settings.description))
  return (
    <Card className="max-w-3xl">
      <AriaForm
        validationErrors={faults.settings}
        onSubmit={event => event.preventDefault()}
        className="flex flex-col gap-5"
      >
        <RadioGroup
          label={t('kind')}
          name="kind"
          description={quiz?.attempted ? t('kindFixed') : undefined}
          value={settings.kind}
          isDisabled={quiz?.attempted ?? false}
          onChange={value => changeSettings({ kind: value === 'survey' ? 'survey' : 'quiz' })}
        >
          <div className="grid gap-3 sm:grid-cols-2">
            {kinds.map(kind => (
              <Radio key={kind} value={kind} card>
                <span className="font-semibold">{t(`kind_${kind}`)}</span>
                <span className="block text-sm text-muted">{t(`kindHelp_${kind}`)}</span>
              </Radio>
            ))}
          </div>
        </RadioGroup>
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
          {survey ? null : (
            <NumberField
              label={t('passingScore')}
              name="passingScore"
              minValue={0}
              maxValue={100}
              value={settings.passingScore}
              onChange={value => changeSettings({ passingScore: orNull(value) ?? 0 })}
            />
          )}
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
        <div className="flex flex-col gap-3">
          <Checkbox isSelected={settings.shuffle} onChange={shuffle => changeSettings({ shuffle })}>
            {t('shuffle')}
          </Checkbox>
          <Checkbox
            isSelected={settings.shuffleAnswers}
            onChange={shuffleAnswers => changeSettings({ shuffleAnswers })}
          >
            {t('shuffleAnswers')}
          </Checkbox>
        </div>
        <section aria-labelledby="quiz-access" className="flex flex-col gap-5 border-t border-line pt-5">
          <h2 id="quiz-access" className="text-lg font-bold">
            {t('access')}
          </h2>
          <div className="grid gap-5 sm:grid-cols-2">
            <OpensAtField value={settings.opensAt} onChange={opensAt => changeSettings({ opensAt })} />
            <TextField
              label={t('accessCode')}
              description={t('accessCodeHelp')}
              name="accessCode"
              value={settings.accessCode ?? ''}
              onChange={accessCode => changeSettings({ accessCode: accessCode || null })}
              maxLength={limits.accessCodeLength}
              autoComplete="off"
              spellCheck="false"
            />
          </div>
          {survey ? null : (
            <div className="sm:max-w-md">
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
            </div>
          )}
        </section>
      </AriaForm>
    </Card>
  )
}
