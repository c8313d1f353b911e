'use client'
import { withoutContradiction } from '@azora/contracts/assessment/exclusive-options.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { CheckboxGroup } from '@azora/ui/checkbox-group.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Radio, RadioGroup } from '@azora/ui/radio-group.tsx'
import dynamic from 'next/dynamic'
import { memo, type ReactNode } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import type { Answers, Submission } from '../offline/answers.ts'
import { readableHtml } from '../text/readable-html.ts'
import { Html } from './html.tsx'
import { hasBody } from './types/answer-field.ts'
import { AnswerField, holdsText } from './types/field-types.tsx'
import type { OpenHints } from './use-hints.ts'

// Few questions have either.
const ConfidenceField = dynamic(() => import('./confidence-field.tsx').then(module => module.ConfidenceField))
const Hints = dynamic(() => import('./hints.tsx').then(module => module.Hints))

type QuestionProps = {
  question: Submission['questions'][number]
  number: number
  answers: Answers
  /** Under the id of the question, or of a part that takes answers of its own. */
  onAnswer: (responseId: string, given: string[]) => void
  isDisabled: boolean
  /** Of a survey: nothing to earn, and true is no better than false. */
  survey: boolean
  flagged: boolean
  /** Absent where no flag is kept. */
  onFlag?: ((questionId: string, flagged: boolean) => void) | undefined
  /** Where it is asked how sure the learner is. */
  sure?: { counted: boolean; level: number | undefined; onRate: (level: number) => void } | undefined
  hints?: { open: OpenHints; take: () => Promise<void> } | undefined
  /** Above the question. */
  above?: ReactNode
  /** Below the answer. */
  children?: ReactNode
}

/** One question with its options. */
export function Question({
  question,
  number,
  answers,
  onAnswer,
  isDisabled,
  survey,
  flagged,
  onFlag,
  sure,
  above,
  hints,
  children,
}: QuestionProps) {
  const t = useTranslations('quiz')
  const textId = `question-${question.id}`
  const hintId = `hint-${question.id}`
  const chosen = answers[question.id] ?? []
  const onChoose = (given: string[]) => onAnswer(question.id, given)
  const group = {
    'aria-labelledby': textId,
    'aria-describedby': hintId,
    isDisabled,
  }
  return (
    <li
      id={`asked-${question.id}`}
      tabIndex={-1}
      className="flex scroll-mt-40 flex-col gap-4 outline-none rounded-card border border-line bg-surface p-5 shadow-card sm:p-6"
    >
      {above}
      <div className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center justify-between gap-x-4 text-sm text-muted">
          <p className="font-semibold text-accent-ink">{t('question', { number })}</p>
          <div className="flex items-center gap-3">
            {survey ? null : <span>{t('points', { count: question.points })}</span>}
            {onFlag ? (
              <button
                type="button"
                data-flag
                aria-pressed={flagged}
                aria-label={t('flagQuestion', { number })}
                onClick={() => onFlag(question.id, !flagged)}
                className={`-my-2 -me-2 inline-flex min-h-11 items-center gap-1.5 rounded-control px-2 font-semibold hover:bg-sunken ${flagged ? 'text-amber-ink' : ''}`}
              >
                <Icon name="flag" className={flagged ? 'fill-current' : ''} />
                {t('flag')}
              </button>
            ) : null}
          </div>
        </div>
        {holdsText(question.type) ? null : (
          <Content id={textId} html={readableHtml(question.content, t('table'))} strong />
        )}
        <p id={hintId} className="text-sm text-muted">
          {t(hintOf(question, survey))}
        </p>
      </div>
      {hasBody(question) ? (
        <AnswerField
          question={question}
          answers={answers}
          onAnswer={onAnswer}
          isDisabled={isDisabled}
          labelledBy={textId}
          describedBy={hintId}
        />
      ) : question.type === 'multiple_choice' ? (
        <CheckboxGroup
          {...group}
          value={chosen}
          onChange={given => onChoose(withoutContradiction(question.options, given))}
        >
          {question.options.map(option => (
            <Checkbox key={option.id} value={option.id} card>
              <Content html={option.content} />
              {option.exclusive ? (
                <span className="mt-0.5 block text-sm text-muted">{t('exclusive')}</span>
              ) : null}
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
      {sure ? <ConfidenceField points={question.points} {...sure} isDisabled={isDisabled} /> : null}
      {hints ? (
        <Hints questionId={question.id} points={question.points} {...hints} isDisabled={isDisabled} />
      ) : null}
      {children}
    </li>
  )
}

/** What to do, by type: a survey's true or false is neither. */
function hintOf(question: QuestionProps['question'], survey: boolean) {
  if (survey && question.type === 'true_false') return 'choose_single_choice' as const
  if (question.type === 'numeric' && question.body.asksUnit) return 'choose_numeric_unit' as const
  return `choose_${question.type}` as const
}

// Written once: a choice must not lay out every question's pictures and formulas again.
const Content = memo(Html)
