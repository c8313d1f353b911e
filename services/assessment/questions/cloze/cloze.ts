import type { clozeBody } from '@azora/contracts/assessment/question-types/cloze.ts'
import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { markNumber, numeric } from '../numeric/numeric.ts'
import { isRight, type PartMark, type QuestionRules } from '../question-rules.ts'
import { markText, shortText } from '../short-text/short-text.ts'
import { typedAnswer } from '../typed-answer.ts'

type Cloze = z.infer<typeof clozeBody>
type Gap = Cloze['gaps'][number]
type OpenGap = { id: string; kind: Gap['kind']; options: { id: string; text: string }[] }

const idOf = ({ id }: Gap) => id ?? ''

/** The numbers of the gaps in a text, but not within a tag, as in what describes a picture: `[[2]]` is the second. */
const gapsIn = (content: string): number[] =>
  [...content.replace(/<[^>]*>/g, '').matchAll(/\[\[(\d{1,3})\]\]/g)].map(([, number]) => Number(number))

function markGap(gap: Gap, given: string | undefined): PartMark {
  const part = idOf(gap)
  if (gap.kind === 'short_text') return markText(part, gap.body, given)
  if (gap.kind === 'numeric') return markNumber(part, gap.body, given)
  const right = gap.body.options.find(({ correct }) => correct)
  const chosen = gap.body.options.find(({ id }) => id === given)
  return {
    part,
    given: chosen?.text ?? null,
    expected: right?.text ?? null,
    worth: 1,
    earned: chosen?.correct ? 1 : 0,
    reason: chosen?.correct ? 'right' : chosen ? 'wrong' : 'unanswered',
  }
}

export const cloze: QuestionRules<Cloze, { gaps: OpenGap[] }> = {
  open: ({ gaps }, shuffle) => ({
    gaps: gaps.map(gap => ({
      id: idOf(gap),
      kind: gap.kind,
      options:
        gap.kind === 'inline_choice' ? shuffle(gap.body.options).map(({ id, text }) => ({ id, text })) : [],
    })),
  }),
  responseIds: (_questionId, { gaps }) => gaps.map(idOf),
  admissible({ gaps }, responseId, given) {
    const gap = gaps.find(one => one.id === responseId)
    if (gap?.kind !== 'inline_choice') return given.slice(0, 1)
    return given.slice(0, 1).filter(id => gap.body.options.some(option => option.id === id))
  },
  marks: (_questionId, { gaps }, responses) =>
    gaps.map(gap => {
      const mark = markGap(gap, responses[idOf(gap)]?.[0])
      return { ...mark, worth: gap.weight, earned: mark.earned * gap.weight }
    }),
  correct: () => [],
  tell({ gaps }, responseId, [given = '']) {
    const at = gaps.findIndex(gap => gap.id === responseId)
    const gap = gaps[at]
    const part = `[${at + 1}]`
    if (!gap) return { part, answer: typedAnswer(given), right: false }
    const mark = markGap(gap, given)
    return { part, answer: typedAnswer(mark.given ?? given), right: isRight(mark) }
  },
  comparisons: ({ gaps }) =>
    gaps.reduce((sum, gap) => {
      if (gap.kind === 'short_text') return sum + shortText.comparisons(gap.body)
      return sum + (gap.kind === 'numeric' ? numeric.comparisons(gap.body) : 1)
    }, 0),
  prepared: ({ gaps }) => ({ gaps: gaps.map(gap => ({ ...gap, id: gap.id ?? uuidv7() })) }),
  fault({ gaps }, content, survey) {
    const named = gapsIn(content)
    const each = named.length === gaps.length && gaps.every((_, at) => named.includes(at + 1))
    if (!each) return 'gaps_do_not_match'
    for (const gap of gaps) {
      const fault = faultOfGap(gap, survey)
      if (fault) return fault
    }
    return null
  },
  htmlPlaces: ({ gaps }) =>
    gaps.flatMap(gap =>
      gap.kind === 'inline_choice' ? [] : gap.body.answers.map(holder => ({ holder, name: 'feedback' })),
    ),
  valuePlaces: ({ gaps }) => gaps.flatMap(placesOfGap),
  apart: ({ gaps }) =>
    gaps.flatMap(gap =>
      gap.kind === 'inline_choice'
        ? [{ texts: gap.body.options.map(({ text }) => text), as: 'label' as const }]
        : [],
    ),
}

function placesOfGap(gap: Gap) {
  if (gap.kind === 'short_text') return shortText.valuePlaces?.(gap.body) ?? []
  if (gap.kind === 'numeric') return numeric.valuePlaces?.(gap.body) ?? []
  return gap.body.options.map(holder => ({ holder, name: 'text', as: 'label' as const }))
}

function faultOfGap(gap: Gap, survey: boolean) {
  if (gap.kind === 'short_text') return shortText.fault(gap.body, '', survey)
  if (gap.kind === 'numeric') return numeric.fault(gap.body, '', survey)
  const right = gap.body.options.filter(({ correct }) => correct).length
  return survey || right === 1 ? null : ('no_correct_answer' as const)
}
