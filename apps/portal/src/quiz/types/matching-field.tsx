'use client'
import { useTranslations } from '../../i18n/client.tsx'
import { Html } from '../html.tsx'
import type { FieldProps } from './answer-field.ts'
import { LetteredChoices, namesOf } from './lettered-choices.tsx'
import { chosenOf, withPair } from './pairs.ts'

/**
 * Each item with a list of the choices: the phone's own list, which every keyboard and screen reader knows. Choices
 * that are more than text, such as formulas and pictures, stand above it with their letters.
 */
export function MatchingField({
  question,
  answers,
  onAnswer,
  isDisabled,
  labelledBy,
  describedBy,
}: FieldProps<'matching'>) {
  const t = useTranslations('quiz')
  const { items, choices } = question.body
  const given = answers[question.id] ?? []
  const chosen = chosenOf(given)
  const choose = (item: string, choice: string) => onAnswer(question.id, withPair(items, given, item, choice))
  const nameOf = namesOf(choices)
  return (
    <fieldset
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      className="flex min-w-0 flex-col gap-4"
    >
      <LetteredChoices choices={choices} />
      <ul className="flex flex-col gap-3">
        {items.map(({ id, content }) => {
          const itemId = `item-${question.id}-${id}`
          return (
            <li
              key={id}
              className="grid items-center gap-x-4 gap-y-2 rounded-control border border-line p-3 sm:grid-cols-2"
            >
              <Html id={itemId} html={content} />
              <select
                aria-labelledby={itemId}
                disabled={isDisabled}
                value={chosen.get(id) ?? ''}
                onChange={event => choose(id, event.target.value)}
                className="min-h-11 w-full min-w-0 rounded-control border border-edge bg-surface px-3 text-base text-ink disabled:opacity-60"
              >
                <option value="">{t('chooseMatch')}</option>
                {choices.map((choice, at) => (
                  <option key={choice.id} value={choice.id}>
                    {nameOf(at)}
                  </option>
                ))}
              </select>
            </li>
          )
        })}
      </ul>
    </fieldset>
  )
}
