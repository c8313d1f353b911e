import type { matchingBody } from '@azora/contracts/assessment/question-types/matching.ts'
import { isEmptyHtml } from '@azora/kit/rich-text/empty.ts'
import type { z } from 'zod'
import type { QuestionRules } from '../question-rules.ts'
import { hasRepeatedId } from '../repeated-ids.ts'

type Matching = z.infer<typeof matchingBody>

/** The choice given for each item, from answers written `item choice`. */
function chosenIn(given: string[]): Map<string, string> {
  return new Map(
    given.flatMap(pair => {
      const [item, choice, ...more] = pair.split(' ')
      return item && choice && more.length === 0 ? [[item, choice] as const] : []
    }),
  )
}

/** Looked up as what an author wrote, whatever names objects have of themselves. */
const choiceOf = (pairs: Matching['pairs'], id: string) =>
  Object.hasOwn(pairs, id) ? (pairs[id] ?? null) : null

const contentOf = (parts: Matching['items'], id: string | undefined) =>
  parts.find(part => part.id === id)?.content ?? ''

type Open = Pick<Matching, 'items' | 'choices'>

/** The rules for answers of pairs, however they are given. Each item is a part. */
export const answeredInPairs: Omit<QuestionRules<Matching, Open>, 'open'> = {
  responseIds: questionId => [questionId],
  admissible({ items, choices }, _responseId, given) {
    const chosen = chosenIn(given)
    const known = new Set(choices.map(({ id }) => id))
    return items.flatMap(({ id }) => {
      const choice = chosen.get(id)
      return choice && known.has(choice) ? [`${id} ${choice}`] : []
    })
  },
  marks(questionId, { items, pairs }, responses) {
    const chosen = chosenIn(responses[questionId] ?? [])
    return items.map(({ id }) => {
      const given = chosen.get(id) ?? null
      const expected = choiceOf(pairs, id)
      const right = given !== null && given === expected
      const reason = right ? 'right' : given === null ? 'unanswered' : 'wrong'
      return { part: id, given, expected, worth: 1, earned: right ? 1 : 0, reason }
    })
  },
  correct: ({ items, pairs }) =>
    items.flatMap(({ id }) => {
      const choice = choiceOf(pairs, id)
      return choice ? [`${id} ${choice}`] : []
    }),
  comparisons: () => 0,
  tell({ items, choices, pairs }, _responseId, answer) {
    const [item, choice] = (answer[0] ?? '').split(' ')
    const right = item !== undefined && choice === choiceOf(pairs, item)
    return { part: contentOf(items, item), answer: contentOf(choices, choice), right }
  },
  prepared(body) {
    const items = body.items.filter(({ content }) => !isEmptyHtml(content))
    const choices = body.choices.filter(({ content }) => !isEmptyHtml(content))
    const pairs = items.flatMap(({ id }) => {
      const choice = choiceOf(body.pairs, id)
      return choices.some(one => one.id === choice) ? [[id, choice as string]] : []
    })
    return { items, choices, pairs: Object.fromEntries(pairs) }
  },
  fault({ items, choices, pairs }, _content, survey) {
    if (items.length === 0 || choices.length < 2) return 'too_few_answers'
    if (hasRepeatedId(items) || hasRepeatedId(choices)) return 'duplicate_part'
    return survey || items.every(({ id }) => choiceOf(pairs, id)) ? null : 'unmatched_item'
  },
  htmlPlaces: ({ items, choices }) => [...items, ...choices].map(holder => ({ holder, name: 'content' })),
  valuePlaces: () => [],
  apart: ({ items, choices }) =>
    [items, choices].map(parts => ({ texts: parts.map(({ content }) => content), as: 'html' as const })),
}

export const partShown = ({ id, content }: Matching['items'][number]) => ({ id, content })

export const matching: QuestionRules<Matching, Open> = {
  ...answeredInPairs,
  // Beside their items in order, the choices would tell the answer.
  open: ({ items, choices }, shuffle) => ({
    items: items.map(partShown),
    choices: shuffle(choices).map(partShown),
  }),
}

/** Categories keep the order of their author; the items would tell theirs by coming one category after another. */
export const categories: QuestionRules<Matching, Open> = {
  ...answeredInPairs,
  open: ({ items, choices }, shuffle) => ({
    items: shuffle(items).map(partShown),
    choices: choices.map(partShown),
  }),
}
