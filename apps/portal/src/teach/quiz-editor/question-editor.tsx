'use client'

import { limits } from '@azora/contracts/limits.ts'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Menu } from '@azora/ui/menu.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import { Select } from '@azora/ui/select.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { QuestionType } from './authored-quiz.ts'
import { HintRows } from './hint-rows.tsx'
import { OptionRow } from './option-row.tsx'
import type { OptionDraft, QuestionDraft } from './question-draft.ts'
import { ScoringFields } from './scoring-fields.tsx'
import { BodyEditor } from './types/body-editor.tsx'
import { ValuesSection } from './values/values-section.tsx'
import { takesValues } from './values-draft.ts'

type QuestionEditorProps = {
  question: QuestionDraft
  index: number
  count: number
  fault: string | undefined
  /** A survey has no right answers, no points and no feedback. */
  survey: boolean
  onChange: (question: QuestionDraft) => void
  /** Whether there is room to move it up and down. */
  isFirst: boolean
  isLast: boolean
  /** What else can be done with it, such as putting it under a text. */
  moves: { id: string; label: string }[]
  onAction: (action: string) => void
}

const changeable = ['single_choice', 'multiple_choice'] as const satisfies QuestionType[]
const mostOptions = limits.optionsOfQuestion
// A quiz of more questions than this opens as a list of them, which a phone can show.
const mostOpen = 4

/** One question with its answers and feedback. */
export function QuestionEditor({
  question,
  index,
  count,
  fault,
  survey,
  onChange,
  isFirst,
  isLast,
  moves,
  onAction,
}: QuestionEditorProps) {
  const t = useTranslations('quizEditor')
  const number = index + 1
  const [toggled, setToggled] = useState(!question.id || count <= mostOpen)
  const open = toggled || fault !== undefined
  const change = (part: Partial<QuestionDraft>) => onChange({ ...question, ...part })
  // No answer is right or wrong then.
  const byPerson = question.type === 'essay' || question.type === 'upload'
  const many = question.type === 'multiple_choice'
  const changeOption = (at: number, part: Partial<OptionDraft>) =>
    change({
      options: question.options.map((option, i) => {
        if (i === at) return { ...option, ...part }
        // Only one answer is right where only one may be.
        return part.correct && !many ? { ...option, correct: false } : option
      }),
    })
  const setType = (type: QuestionType) => {
    const first = question.options.findIndex(option => option.correct)
    const options =
      type === 'single_choice'
        ? question.options.map((option, i) => ({ ...option, correct: i === first }))
        : question.options
    change({ type, options })
  }
  const heard = Object.values(question.feedback).some(Boolean)
  return (
    <Card as="article" className={fault ? 'border-bad!' : ''}>
      <fieldset aria-label={t('question', { number })} className="flex min-w-0 flex-col gap-5">
        <div className="flex items-center justify-between gap-3">
          <h2 className="min-w-0 flex-1 text-lg font-bold">
            <button
              type="button"
              aria-expanded={open}
              onClick={() => setToggled(!toggled)}
              className="flex min-h-11 w-full items-center gap-3 text-start"
            >
              <Icon name={open ? 'down' : 'forward'} />
              <span className="shrink-0">{t('question', { number })}</span>
              {open ? null : (
                <span className="truncate text-base font-normal text-muted">
                  {question.content.replace(/<[^>]*>/g, ' ')}
                </span>
              )}
            </button>
          </h2>
          <Menu
            variant="quiet"
            trigger={<Icon name="more" />}
            label={t('actions', { number })}
            items={[
              { id: 'up', label: t('moveUp'), icon: <Icon name="up" />, isDisabled: isFirst },
              {
                id: 'down',
                label: t('moveDown'),
                icon: <Icon name="down" />,
                isDisabled: isLast,
              },
              ...moves.map(move => ({ ...move, icon: <Icon name="book" /> })),
              { id: 'duplicate', label: t('duplicate'), icon: <Icon name="plus" /> },
              { id: 'delete', label: t('delete'), icon: <Icon name="trash" />, danger: true },
            ]}
            onAction={onAction}
          />
        </div>
        <div hidden={!open} className="flex min-w-0 flex-col gap-5 [&[hidden]]:hidden">
          {fault ? (
            <Notice tone="error" live>
              {fault}
            </Notice>
          ) : null}
          <TextArea
            label={t('questionText')}
            description={index === 0 ? t('questionHelp') : undefined}
            value={question.content}
            onChange={content => change({ content })}
            rows={3}
          />
          <div className="flex flex-wrap gap-5">
            {!changeable.some(type => type === question.type) ? null : (
              <div className="w-56">
                <Select
                  label={t('type')}
                  value={question.type}
                  onChange={id => setType(changeable.find(type => type === id) ?? question.type)}
                  options={changeable.map(type => ({
                    id: type,
                    label: t(survey ? `survey_${type}` : `type_${type}`),
                  }))}
                />
              </div>
            )}
            {survey ? null : (
              <NumberField
                label={t('points')}
                minValue={0}
                maxValue={limits.pointsOfQuestion}
                value={question.points}
                onChange={points => change({ points: Number.isNaN(points) ? 1 : points })}
              />
            )}
          </div>
          <BodyEditor question={question} survey={survey} onChange={change} />
          <fieldset hidden={question.body !== null} className="flex flex-col gap-3 [&[hidden]]:hidden">
            <legend className="mb-2 text-sm font-semibold">{t('options')}</legend>
            {question.options.map((option, at) => (
              <OptionRow
                key={option.key}
                option={option}
                at={at}
                group={question.key}
                many={many}
                survey={survey}
                removable={question.type !== 'true_false' && question.options.length > 2}
                onChange={part => changeOption(at, part)}
                onRemove={() => change({ options: question.options.filter((_, i) => i !== at) })}
              />
            ))}
            {question.type === 'true_false' || question.options.length >= mostOptions ? null : (
              <div>
                <Button
                  variant="quiet"
                  size="small"
                  onPress={() =>
                    change({
                      options: [
                        ...question.options,
                        { key: crypto.randomUUID(), content: '', correct: false, feedback: '' },
                      ],
                    })
                  }
                >
                  <Icon name="plus" />
                  {t('addOption')}
                </Button>
              </div>
            )}
          </fieldset>
          {takesValues(question.type) ? (
            <ValuesSection question={question} survey={survey} onChange={change} />
          ) : null}
          {survey || byPerson ? null : (
            <ScoringFields question={question} onChange={scoring => change({ scoring })} />
          )}
          <details open={heard} hidden={survey} className="rounded-control border border-line">
            <summary className="px-4 py-3 text-sm font-semibold">{t('feedback')}</summary>
            <div className="grid gap-4 px-4 pb-4 sm:grid-cols-3">
              {(byPerson ? (['general'] as const) : (['general', 'correct', 'incorrect'] as const)).map(
                when => (
                  <TextArea
                    key={when}
                    label={t(`feedback_${when}`)}
                    value={question.feedback[when]}
                    onChange={text => change({ feedback: { ...question.feedback, [when]: text } })}
                    rows={2}
                  />
                ),
              )}
            </div>
            <div className="px-4 pb-4">
              <TextArea
                label={t('solution')}
                description={t('solutionHelp')}
                value={question.feedback.solution ?? ''}
                onChange={solution => change({ feedback: { ...question.feedback, solution } })}
                rows={4}
              />
            </div>
          </details>
          {survey ? null : <HintRows hints={question.hints ?? []} onChange={hints => change({ hints })} />}
        </div>
      </fieldset>
    </Card>
  )
}
