'use client'
import { Radio, RadioGroup } from '@azora/ui/radio-group.tsx'
import { Html } from '../html.tsx'
import type { FieldProps } from './answer-field.ts'
import { chosenOf, withPair } from './pairs.ts'

/** Each item with the categories below it, to choose one: nothing has to be dragged. */
export function CategoriesField({
  question,
  answers,
  onAnswer,
  isDisabled,
  labelledBy,
  describedBy,
}: FieldProps<'categories'>) {
  const { items, choices } = question.body
  const given = answers[question.id] ?? []
  const chosen = chosenOf(given)
  return (
    <fieldset
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      className="flex min-w-0 flex-col gap-3"
    >
      {items.map(({ id, content }) => {
        const itemId = `item-${question.id}-${id}`
        return (
          <div key={id} className="flex flex-col gap-2 rounded-control border border-line p-3">
            <Html id={itemId} html={content} />
            <RadioGroup
              aria-labelledby={itemId}
              isDisabled={isDisabled}
              orientation="horizontal"
              value={chosen.get(id) ?? null}
              onChange={choice => onAnswer(question.id, withPair(items, given, id, choice))}
            >
              <div className="flex flex-wrap gap-x-5 gap-y-1">
                {choices.map(choice => (
                  <Radio key={choice.id} value={choice.id}>
                    <Html html={choice.content} />
                  </Radio>
                ))}
              </div>
            </RadioGroup>
          </div>
        )
      })}
    </fieldset>
  )
}
