'use client'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { CheckboxGroup } from '@azora/ui/checkbox-group.tsx'
import { Radio, RadioGroup } from '@azora/ui/radio-group.tsx'
import { memo } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import type { Submission } from '../offline/answers.ts'
import { readableHtml } from '../text/readable-html.ts'
import { Html } from './html.tsx'

type QuestionProps = {
  question: Submission['questions'][number]
  number: number
  chosen: string[]
  onChoose: (chosen: string[]) => void
  isDisabled: boolean
  /** Of a survey: nothing to earn, and true is no better than false. */
  survey: boolean
}

/** One question with its options. */
export function Question({ question, number, chosen, onChoose, isDisabled, survey }: QuestionProps) {
  const t = useTranslations('quiz')
  const textId = `question-${question.id}`
  const hintId = `hint-${question.id}`
  const group = {
    'aria-labelledby': textId,
    'aria-describedby': hintId,
    isDisabled,
  }
  return (
    <li className="flex flex-col gap-4 rounded-card border border-line bg-surface p-5 shadow-card sm:p-6">
      <div className="flex flex-col gap-2">
        <p className="flex flex-wrap justify-between gap-x-4 text-sm text-muted">
          <span className="font-semibold text-accent-ink">{t('question', { number })}</span>
          {survey ? null : <span>{t('points', { count: question.points })}</span>}
        </p>
        <Content id={textId} html={readableHtml(question.content, t('table'))} strong />
        <p id={hintId} className="text-sm text-muted">
          {t(survey && question.type === 'true_false' ? 'choose_single_choice' : `choose_${question.type}`)}
        </p>
      </div>
      {question.type === 'multiple_choice' ? (
        <CheckboxGroup {...group} value={chosen} onChange={onChoose}>
          {question.options.map(option => (
            <Checkbox key={option.id} value={option.id} card>
              <Content html={option.content} />
            </Checkbox>
          ))}
        </CheckboxGroup>
      ) : (
        <RadioGroup {...group} value={chosen[0] ?? null} onChange={value => onChoose([value])}>
          {question.options.map(option => (
            <Radio key={option.id} value={option.id} card>
              <Content html={option.content} />
            </Radio>
          ))}
        </RadioGroup>
      )}
    </li>
  )
}

// Written once: a choice must not lay out every question's pictures and formulas again.
const Content = memo(Html)
