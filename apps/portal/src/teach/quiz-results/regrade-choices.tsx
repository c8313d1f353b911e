'use client'
import { Button } from '@azora/ui/button.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import type { InputOf, OutputOf } from '../../lib/api.browser.ts'
import { plainText } from '../../quiz/types/plain-text.ts'

type Choices = Pick<InputOf<'assessment.previewRegrade'>, 'questions' | 'neverLower'>
type Rule = Choices['questions'][number]['rule']

type RegradeChoicesProps = {
  questions: OutputOf<'assessment.getRegrade'>['questions']
  choices: Choices
  pending: boolean
  onChange: (choices: Choices) => void
  onPreview: () => void
}

const rules = ['key', 'full', 'left_out'] as const

/** What is to be done with each question that was changed after attempts. */
export function RegradeChoices({ questions, choices, pending, onChange, onPreview }: RegradeChoicesProps) {
  const t = useTranslations('regrading')
  const set = (questionId: string, rule: Rule | undefined) => {
    const others = choices.questions.filter(one => one.questionId !== questionId)
    onChange({ ...choices, questions: rule ? [...others, { questionId, rule }] : others })
  }
  return (
    <>
      <p className="text-muted">{t('regradeText')}</p>
      <ol className="flex flex-col gap-4">
        {questions.map(question => {
          const offered = rules.filter(rule => rule !== 'key' || question.keyFits)
          return (
            <li key={question.id} className="flex flex-col gap-2 rounded-control border border-line p-4">
              <p className="line-clamp-2 text-sm break-words">{plainText(question.content)}</p>
              <NativeSelect
                label={
                  question.number === null ? t('removedQuestion') : t('question', { number: question.number })
                }
                value={choices.questions.find(one => one.questionId === question.id)?.rule ?? ''}
                onChange={event =>
                  set(
                    question.id,
                    offered.find(rule => rule === event.target.value),
                  )
                }
                options={[
                  { id: '', label: t('rule_none') },
                  ...offered.map(rule => ({ id: rule, label: t(`rule_${rule}`) })),
                ]}
              />
              <p className="text-sm text-muted">
                {t('askedBefore', { count: question.attemptCount })}{' '}
                {question.keyFits || question.number === null
                  ? ''
                  : t(question.valuesChanged ? 'keyOtherValues' : 'keyUnfit')}
              </p>
            </li>
          )
        })}
      </ol>
      <Checkbox
        isSelected={choices.neverLower ?? false}
        onChange={neverLower => onChange({ ...choices, neverLower })}
      >
        {t('neverLower')}
      </Checkbox>
      <div className="flex justify-end">
        <Button onPress={onPreview} isPending={pending} isDisabled={choices.questions.length === 0}>
          {t('preview')}
        </Button>
      </div>
    </>
  )
}
