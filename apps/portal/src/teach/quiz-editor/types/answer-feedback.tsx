'use client'
import { Button } from '@azora/ui/button.tsx'
import { useId, useState } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import { htmlOf, typedText } from '../typed-text.ts'
import { inputStyle } from './row-style.ts'

type AnswerFeedbackProps = {
  /** As HTML; null for nothing. */
  feedback: string | null
  number: number
  onChange: (feedback: string | null) => void
}

/** What those who gave an answer are told, behind a button until it is wanted. */
export function AnswerFeedback({ feedback, number, onChange }: AnswerFeedbackProps) {
  const t = useTranslations('quizEditor')
  const id = useId()
  const [open, setOpen] = useState(feedback !== null)
  // As it is typed: the HTML has no space at its end, where the next word is about to be.
  const [typed, setTyped] = useState('')
  const text = (htmlOf(typed) || null) === feedback ? typed : typedText(feedback ?? '')
  return (
    <div className="flex w-full flex-wrap items-center gap-2">
      <Button
        variant="quiet"
        size="small"
        aria-expanded={open}
        {...(open ? { 'aria-controls': id } : {})}
        onPress={() => setOpen(!open)}
      >
        {t('optionFeedbackToggle')}
      </Button>
      {open ? (
        <input
          id={id}
          type="text"
          aria-label={t('acceptedFeedback', { number })}
          placeholder={t('acceptedFeedback', { number })}
          value={text}
          onChange={event => {
            setTyped(event.target.value)
            onChange(htmlOf(event.target.value) || null)
          }}
          className={`${inputStyle} flex-1 basis-52`}
        />
      ) : null}
    </div>
  )
}
