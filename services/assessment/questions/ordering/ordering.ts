import type { orderingBody } from '@azora/contracts/assessment/question-types/ordering.ts'
import { isEmptyHtml } from '@azora/kit/rich-text/empty.ts'
import type { z } from 'zod'
import type { PartMark, QuestionRules } from '../question-rules.ts'
import { hasRepeatedId } from '../repeated-ids.ts'

type Ordering = z.infer<typeof orderingBody>

/** Each thing in its place. */
function byPlace(right: string[], given: string[]): PartMark[] {
  return right.map((expected, at) => markOf(String(at + 1), given[at] ?? null, expected))
}

/** Each two that follow one another: a list that is right but for one thing at the wrong end keeps most of it. */
function byNeighbours(right: string[], given: string[]): PartMark[] {
  return right.slice(1).map((expected, at) => {
    const before = right[at] as string
    const place = given.indexOf(before)
    const next = place < 0 ? null : (given[place + 1] ?? null)
    return markOf(before, given.length ? next : null, expected)
  })
}

function markOf(part: string, given: string | null, expected: string): PartMark {
  const right = given === expected
  const reason = right ? 'right' : given === null ? 'unanswered' : 'wrong'
  return { part, given, expected, worth: 1, earned: right ? 1 : 0, reason }
}

export const ordering: QuestionRules<Ordering, Pick<Ordering, 'items'>> = {
  open({ items }, shuffle) {
    const mixed = shuffle(items)
    // Chance may put them right; then nothing would be asked.
    const told = mixed.every(({ id }, at) => id === items[at]?.id)
    return { items: (told ? mixed.toReversed() : mixed).map(({ id, content }) => ({ id, content })) }
  },
  responseIds: questionId => [questionId],
  /** All of them once, or nothing: half an order is none. */
  admissible({ items }, _responseId, given) {
    const whole = given.length === items.length && items.every(({ id }) => given.includes(id))
    return whole ? given : []
  },
  marks(questionId, { items, partial }, responses) {
    const right = items.map(({ id }) => id)
    const given = responses[questionId] ?? []
    return partial === 'neighbours' ? byNeighbours(right, given) : byPlace(right, given)
  },
  correct: ({ items }) => items.map(({ id }) => id),
  comparisons: () => 0,
  tell({ items }, _responseId, answer) {
    const contents = answer.map(id => items.find(item => item.id === id)?.content ?? '')
    const right = answer.length === items.length && items.every(({ id }, at) => id === answer[at])
    return {
      part: null,
      right,
      answer: `<ol>${contents.map(content => `<li>${content}</li>`).join('')}</ol>`,
    }
  },
  prepared: body => ({ ...body, items: body.items.filter(({ content }) => !isEmptyHtml(content)) }),
  fault: ({ items }) =>
    items.length < 2 ? 'too_few_answers' : hasRepeatedId(items) ? 'duplicate_part' : null,
  htmlPlaces: ({ items }) => items.map(holder => ({ holder, name: 'content' })),
  valuePlaces: () => [],
  apart: ({ items }) => [{ texts: items.map(({ content }) => content), as: 'html' }],
}
