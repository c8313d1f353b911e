'use client'
import { Button } from '@azora/ui/button.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useId, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { letterOf, type OptionDraft } from './question-draft.ts'

type OptionRowProps = {
  option: OptionDraft
  at: number
  /** Names the radio buttons of one question. */
  group: string
  many: boolean
  survey: boolean
  removable: boolean
  onChange: (part: Partial<OptionDraft>) => void
  onRemove: () => void
}

const inputStyle =
  'min-h-11 w-full rounded-control border border-edge bg-surface px-3.5 py-2 placeholder:text-muted disabled:opacity-60'

/** One answer: whether it is right, its text, and feedback to those who choose it. A survey has the text alone. */
export function OptionRow({
  option,
  at,
  group,
  many,
  survey,
  removable,
  onChange,
  onRemove,
}: OptionRowProps) {
  const t = useTranslations('quizEditor')
  const letter = letterOf(at)
  const id = useId()
  const [open, setOpen] = useState(
    option.feedback !== '' || option.last === true || option.exclusive === true,
  )
  return (
    <div
      className={`rounded-control border p-2 ${option.correct && !survey ? 'border-good bg-good-soft/50' : 'border-line'}`}
    >
      <div className="flex flex-wrap items-center gap-2">
        {survey ? (
          <span aria-hidden="true" className="px-2 text-sm font-semibold text-muted">
            {letter}
          </span>
        ) : (
          <label className="flex min-h-11 cursor-pointer items-center gap-2 px-2 text-sm font-semibold">
            <input
              type={many ? 'checkbox' : 'radio'}
              name={`right-${group}`}
              checked={option.correct}
              aria-label={t('rightLabel', { letter })}
              onChange={event => onChange({ correct: event.target.checked })}
              className="size-5 accent-(--good)"
            />
            <span aria-hidden="true" className={option.correct ? 'text-good-ink' : 'text-muted'}>
              {letter}
            </span>
          </label>
        )}
        <input
          type="text"
          aria-label={t('option', { letter })}
          value={option.content}
          onChange={event => onChange({ content: event.target.value })}
          className={`${inputStyle} min-w-40 flex-1`}
        />
        {survey ? null : (
          <Button
            variant="quiet"
            size="small"
            aria-expanded={open}
            aria-controls={id}
            onPress={() => setOpen(!open)}
          >
            {t('optionFeedbackToggle')}
          </Button>
        )}
        {removable ? (
          <Button variant="quiet" size="small" aria-label={t('removeOption', { letter })} onPress={onRemove}>
            <Icon name="trash" />
          </Button>
        ) : null}
      </div>
      <div id={id} hidden={!open || survey} className="mt-2 sm:ms-16">
        <input
          type="text"
          aria-label={t('optionFeedback', { letter })}
          placeholder={t('optionFeedback', { letter })}
          value={option.feedback}
          onChange={event => onChange({ feedback: event.target.value })}
          className={inputStyle}
        />
        <div className="mt-2">
          <Checkbox isSelected={option.last === true} onChange={last => onChange({ last })}>
            {t('optionLast')}
          </Checkbox>
          {many ? (
            <Checkbox isSelected={option.exclusive === true} onChange={exclusive => onChange({ exclusive })}>
              {t('optionExclusive')}
            </Checkbox>
          ) : null}
        </div>
      </div>
    </div>
  )
}
