'use client'
import { useRef } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { FieldProps } from './answer-field.ts'
import { LetteredChoices, namesOf } from './lettered-choices.tsx'
import { chosenOf, withPair } from './pairs.ts'
import { PictureFrame, placeOf } from './picture-frame.tsx'

/**
 * A picture with numbered places, and a list of the labels for each: the phone's own list, which every keyboard and
 * screen reader knows. Tapping a place opens its list.
 */
export function LabellingField({
  question,
  answers,
  onAnswer,
  isDisabled,
  labelledBy,
  describedBy,
}: FieldProps<'labelling'>) {
  const t = useTranslations('quiz')
  const lists = useRef(new Map<string, HTMLSelectElement>())
  const { picture, targets, labels } = question.body
  if (!picture) return null
  const given = answers[question.id] ?? []
  const chosen = chosenOf(given)
  const nameOf = namesOf(labels)
  const open = (id: string) => {
    const list = lists.current.get(id)
    list?.focus()
    try {
      list?.showPicker()
    } catch (failure) {
      // Older browsers do not open a list for a page; the keyboard is there already.
      console.debug('The list of labels was not opened.', failure)
    }
  }
  return (
    <fieldset
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      className="flex min-w-0 flex-col gap-4"
    >
      <PictureFrame picture={picture}>
        {targets.map((target, at) => (
          <button
            key={target.id}
            type="button"
            // The list below is the same for keyboards and screen readers, which then meet each place once.
            tabIndex={-1}
            aria-hidden="true"
            disabled={isDisabled}
            style={placeOf(target)}
            onClick={() => open(target.id)}
            className="absolute grid size-11 -translate-1/2 place-items-center"
          >
            <span
              className={`grid h-7 max-w-28 min-w-7 place-items-center truncate rounded-full border-2 border-white px-1.5 text-sm font-bold shadow-card ${chosen.has(target.id) ? 'bg-accent text-on-accent' : 'bg-black/75 text-white'}`}
            >
              {at + 1}
            </span>
          </button>
        ))}
      </PictureFrame>
      <LetteredChoices choices={labels} />
      <ol className="grid gap-3 sm:grid-cols-2">
        {targets.map(({ id }, at) => (
          <li key={id} className="flex items-center gap-3">
            <span aria-hidden="true" className="w-6 shrink-0 font-semibold text-accent-ink">
              {at + 1}
            </span>
            <select
              aria-label={t('place', { place: String(at + 1) })}
              ref={list => {
                if (list) lists.current.set(id, list)
                else lists.current.delete(id)
              }}
              disabled={isDisabled}
              value={chosen.get(id) ?? ''}
              onChange={event => onAnswer(question.id, withPair(targets, given, id, event.target.value))}
              className="min-h-11 w-full min-w-0 scroll-mt-40 rounded-control border border-edge bg-surface px-3 text-base text-ink disabled:opacity-60"
            >
              <option value="">{t('chooseLabel')}</option>
              {labels.map((label, index) => (
                <option key={label.id} value={label.id}>
                  {nameOf(index)}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ol>
    </fieldset>
  )
}
