'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { CheckboxGroup } from '@azora/ui/checkbox-group.tsx'
import { Radio, RadioGroup } from '@azora/ui/radio-group.tsx'
import { memo, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useTranslations } from '../../i18n/client.tsx'
import { Html } from '../html.tsx'
import type { FieldProps, QuestionOf } from './answer-field.ts'
import { MatchingField } from './matching-field.tsx'
import { OrderingField } from './ordering-field.tsx'
import { withNewPairs } from './pairs.ts'
import { plainText } from './plain-text.ts'
import { TextInput } from './text-input.tsx'
import { usePlaces } from './use-places.ts'

type Part = QuestionOf<'item'>['body']['parts'][number]

// Written once: the parts stand within it, and drawing it anew would take them away.
const Text = memo(Html)

/** An imported question: its text, with each of its parts where it is answered. */
export function ItemField(props: FieldProps<'item'>) {
  const t = useTranslations('quiz')
  const { question, labelledBy, describedBy } = props
  const { parts } = question.body
  const box = useRef<HTMLFieldSetElement>(null)
  const { html, places } = usePlaces(question.content, box)
  return (
    <fieldset
      ref={box}
      aria-label={t('itemText')}
      aria-describedby={describedBy}
      className="flex min-w-0 flex-col gap-4 leading-relaxed"
    >
      <Text id={labelledBy} html={html} />
      {parts.map((part, at) => {
        const place = places.get(at + 1)
        const field = <PartField {...props} part={part} number={at + 1} />
        // What its author took out of the text is asked below it.
        return place ? createPortal(field, place, part.id) : <div key={part.id}>{field}</div>
      })}
    </fieldset>
  )
}

type PartProps = FieldProps<'item'> & { part: Part; number: number }

/** One part. It is the answer to its prompt, and where it has none, to the place where it stands. */
function PartField(props: PartProps) {
  const { part, number, answers, onAnswer, isDisabled } = props
  const t = useTranslations('quiz')
  const answer = answers[part.id]?.[0]
  const answerPart = (given: string[]) => onAnswer(part.id, given)
  const promptId = `prompt-${part.id}`
  const named = part.prompt ? { 'aria-labelledby': promptId } : { 'aria-label': t('partAnswer', { number }) }
  const prompt = part.prompt ? <Text id={promptId} html={part.prompt} /> : null
  if (part.kind === 'text')
    return (
      <>
        {prompt}
        <TextInput
          {...named}
          answer={answer}
          onAnswer={answerPart}
          disabled={isDisabled}
          className="m-1 inline-block max-w-full align-baseline"
          size={Math.min(Math.max((answer ?? '').length + 1, 10), 30)}
        />
      </>
    )
  if (part.kind === 'inline_choice')
    return (
      <select
        {...named}
        disabled={isDisabled}
        value={answer ?? ''}
        onChange={event => answerPart(event.target.value ? [event.target.value] : [])}
        className="m-1 inline-block min-h-11 max-w-full rounded-control border border-edge bg-surface px-3 align-baseline text-base text-ink disabled:opacity-60"
      >
        <option value="">{t('chooseGap')}</option>
        {part.options.map(({ id, content }) => (
          <option key={id} value={id}>
            {plainText(content)}
          </option>
        ))}
      </select>
    )
  return (
    <span className="my-4 flex flex-col gap-3 [&_:is(ol,ul)]:m-0 [&_:is(ol,ul)]:list-none [&_:is(ol,ul)]:ps-0">
      {prompt}
      {part.kind === 'long_text' ? (
        <>
          {part.several ? <p className="text-sm text-muted">{t('answerPerLine')}</p> : null}
          <textarea
            {...named}
            rows={5}
            maxLength={limits.shortTextLength}
            disabled={isDisabled}
            value={answer ?? ''}
            onChange={event => answerPart(event.target.value === '' ? [] : [event.target.value])}
            className="w-full rounded-control border border-edge bg-surface px-3 py-2 text-base text-ink disabled:opacity-60"
          />
        </>
      ) : (
        <Choices {...props} named={named} promptId={promptId} answerPart={answerPart} />
      )}
    </span>
  )
}

type Named = { 'aria-labelledby': string } | { 'aria-label': string }
type ChoicesProps = PartProps & {
  named: Named
  promptId: string
  answerPart: (given: string[]) => void
}

/** The parts that are answered by choosing, pairing or ordering. */
function Choices(props: ChoicesProps) {
  const { question, part, number, answers, isDisabled, describedBy, named, promptId, answerPart } = props
  const t = useTranslations('quiz')
  const given = answers[part.id] ?? []
  const pair = (after: string[]) => answerPart(withNewPairs(part, given, after))
  const below = {
    answers,
    onAnswer: (_: string, after: string[]) => pair(after),
    isDisabled,
    describedBy,
    labelledBy: promptId,
  }
  const { id, options, targets, most } = part
  const asked = { ...question, id, options: [] }
  if (part.kind === 'order')
    return (
      <OrderingField
        {...below}
        onAnswer={props.onAnswer}
        question={{ ...asked, type: 'ordering', body: { items: options } }}
      />
    )
  if (part.kind === 'pairs' && !part.several)
    return (
      <MatchingField
        {...below}
        question={{ ...asked, type: 'matching', body: { items: options, choices: targets } }}
      />
    )
  const isFull = most > 0 && given.length >= most
  const limit = most > 0 ? <p className="text-sm text-muted">{t('mostChoices', { count: most })}</p> : null
  if (part.kind === 'pairs')
    return (
      <>
        {limit}
        {options.map(option => (
          <CheckboxGroup
            key={option.id}
            label={plainText(option.content) ?? t('partOptions', { number })}
            isDisabled={isDisabled}
            value={given.flatMap(pair => (pair.startsWith(`${option.id} `) ? [pair] : []))}
            onChange={pairs => pair([...given.filter(one => !one.startsWith(`${option.id} `)), ...pairs])}
          >
            {targets.map(target => (
              <Checkbox
                key={target.id}
                value={`${option.id} ${target.id}`}
                card
                isDisabled={isFull && !given.includes(`${option.id} ${target.id}`)}
              >
                <Text html={target.content} />
              </Checkbox>
            ))}
          </CheckboxGroup>
        ))}
      </>
    )
  if (most === 1)
    return (
      <RadioGroup
        {...named}
        isDisabled={isDisabled}
        value={given[0] ?? null}
        onChange={one => answerPart([one])}
      >
        {options.map(option => (
          <Radio key={option.id} value={option.id} card>
            <Text html={option.content} />
          </Radio>
        ))}
      </RadioGroup>
    )
  return (
    <CheckboxGroup {...named} isDisabled={isDisabled} value={given} onChange={answerPart}>
      {limit}
      {options.map(option => (
        <Checkbox key={option.id} value={option.id} card isDisabled={isFull && !given.includes(option.id)}>
          <Text html={option.content} />
        </Checkbox>
      ))}
    </CheckboxGroup>
  )
}
