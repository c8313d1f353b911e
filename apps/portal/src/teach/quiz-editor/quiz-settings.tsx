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
import { AidsSection } from './aids-section.tsx'
import { ConfidenceField } from './confidence-field.tsx'
import { DatesSection } from './dates-section.tsx'
import { IntegritySection } from './integrity-section.tsx'
import { PracticeField } from './practice-field.tsx'
import { ResultsFields } from './results-fields.tsx'
import type { Settings } from './settings-draft.ts'
import { htmlOf, typedText } from './typed-text.ts'
import type { QuizState } from './use-quiz.ts'

const kinds: Settings['kind'][] = ['quiz', 'survey']
const layouts: Settings['layout'][] = ['all_at_once', 'one_by_one', 'forward_only']
const counted: Settings['countedAttempt'][] = ['best', 'last', 'average', 'first']

const orNull = (value: number) => (Number.isNaN(value) ? null : value)

/** What a quiz is, when it is passed, who may start it and when, and what learners see of their result. */
export function QuizSettings({ state }: { state: QuizState }) {
  const t = useTranslations('quizEditor')
  const { settings, changeSettings, faults, quiz } = state
  const survey = settings.kind === 'survey'
  const practice = settings.practice && !survey
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
          onChange={value =>
            changeSettings(value === 'survey' ? { kind: 'survey', practice: false } : { kind: 'quiz' })
          }
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
        {survey ? null : <PracticeField state={state} />}
        <div className="grid gap-5 sm:grid-cols-3">
          {survey || practice ? null : (
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
            description={t(state.sections.length > 0 ? 'timeLimitWhole' : 'timeLimitHelp')}
            name="timeLimitMinutes"
            minValue={1}
            maxValue={limits.timeLimitMinutes}
            value={settings.timeLimitMinutes ?? Number.NaN}
            onChange={value => changeSettings({ timeLimitMinutes: orNull(value) })}
          />
          {settings.timeLimitMinutes === null &&
          state.sections.every(section => section.timeLimitMinutes === null) ? null : (
            <NumberField
              label={t('breakMinutes')}
              description={t('breakMinutesHelp')}
              name="breakMinutes"
              minValue={0}
              maxValue={limits.breakMinutes}
              value={settings.breakMinutes}
              onChange={value => changeSettings({ breakMinutes: orNull(value) ?? 0 })}
            />
          )}
          {practice ? null : (
            <NumberField
              label={t('maxAttempts')}
              description={t('maxAttemptsHelp')}
              name="maxAttempts"
              minValue={1}
              maxValue={limits.attempts}
              value={settings.maxAttempts ?? Number.NaN}
              onChange={value => changeSettings({ maxAttempts: orNull(value) })}
            />
          )}
        </div>
        {survey || practice || settings.maxAttempts === 1 ? null : (
          <div className="sm:max-w-md">
            <Select
              label={t('countedAttempt')}
              description={t(quiz?.attempted ? 'countedFixed' : `countedHelp_${settings.countedAttempt}`)}
              isDisabled={quiz?.attempted ?? false}
              name="countedAttempt"
              value={settings.countedAttempt}
              onChange={id =>
                changeSettings({ countedAttempt: counted.find(one => one === id) ?? settings.countedAttempt })
              }
              options={counted.map(one => ({ id: one, label: t(`counted_${one}`) }))}
            />
          </div>
        )}
        <div className="sm:max-w-md">
          <Select
            label={t('layout')}
            description={t(`layoutHelp_${settings.layout}`)}
            name="layout"
            value={settings.layout}
            onChange={id => changeSettings({ layout: layouts.find(one => one === id) ?? settings.layout })}
            options={layouts.map(one => ({ id: one, label: t(`layout_${one}`) }))}
          />
        </div>
        {survey ? null : <ConfidenceField state={state} />}
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
        <DatesSection state={state} />
        <AidsSection state={state} />
        {survey || practice ? null : <IntegritySection state={state} />}
        <section aria-labelledby="quiz-access" className="flex flex-col gap-5 border-t border-line pt-5">
          <h2 id="quiz-access" className="text-lg font-bold">
            {t('access')}
          </h2>
          <div className="grid gap-5 sm:grid-cols-2">
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
          {survey || practice ? null : <ResultsFields state={state} />}
        </section>
      </AriaForm>
    </Card>
  )
}
