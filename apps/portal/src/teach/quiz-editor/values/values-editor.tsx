'use client'
import { limits } from '@azora/contracts/limits.ts'
import { useTranslations } from '../../../i18n/client.tsx'
import type { QuestionDraft } from '../question-draft.ts'
import { AddRow } from '../types/row-buttons.tsx'
import { inputStyle } from '../types/row-style.ts'
import { emptyValue, freeName, type ValueDraft, type ValuesDraft } from '../values-draft.ts'
import { DrawnVariants } from './drawn-variants.tsx'
import { ValueRow } from './value-row.tsx'

type ValuesEditorProps = {
  question: QuestionDraft
  survey: boolean
  onChange: (part: Partial<QuestionDraft>) => void
}

const none: ValuesDraft = { items: [], conditions: '' }

/** The values of a question, what must hold of them, and what comes of them. */
export function ValuesEditor({ question, survey, onChange }: ValuesEditorProps) {
  const t = useTranslations('quizEditor')
  const draft = question.parameters ?? none
  const { items } = draft
  const change = (part: Partial<ValuesDraft>) => {
    const next = { ...draft, ...part }
    onChange({ parameters: next.items.length > 0 ? next : null })
  }
  const changeItem = (at: number, part: Partial<ValueDraft>) =>
    change({ items: items.map((item, i) => (i === at ? { ...item, ...part } : item)) })
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-muted">
        {t('valuesHelp', { value: '{{a}}', sum: '{{=2*a+b}}', braces: '\\{{' })}
      </p>
      {items.map((item, at) => (
        <ValueRow
          key={item.key}
          value={item}
          number={at + 1}
          onChange={part => changeItem(at, part)}
          onRemove={() => change({ items: items.toSpliced(at, 1) })}
        />
      ))}
      {items.length < limits.parametersOfQuestion ? (
        <AddRow
          label={t('addValue')}
          onPress={() => change({ items: [...items, emptyValue(freeName(items))] })}
        />
      ) : null}
      {items.length > 0 ? (
        <>
          <label className="flex flex-col gap-1">
            <span className="text-sm font-semibold">{t('conditions')}</span>
            <textarea
              rows={2}
              value={draft.conditions}
              placeholder="a != b"
              autoCapitalize="none"
              spellCheck={false}
              onChange={event => change({ conditions: event.target.value })}
              className={`${inputStyle} font-mono`}
            />
            <span className="text-sm text-muted">{t('conditionsHelp')}</span>
          </label>
          <DrawnVariants question={question} survey={survey} />
        </>
      ) : null}
    </div>
  )
}
