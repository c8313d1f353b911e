import type { Annotation } from '@azora/contracts/assessment/annotation.ts'
import { annotationsInOrder } from '@azora/contracts/assessment/annotation-order.ts'
import { quoteOf } from '@azora/contracts/assessment/annotation-quote.ts'
import { uploadRead } from '@azora/contracts/assessment/uploaded-file.ts'
import { invalidField } from '@azora/kit/errors.ts'
import type { MarkedQuestion } from './desk-question.ts'

/** What binary fractions of a picture add up to too much. */
const slack = 1e-9

/**
 * Annotations of an answer, in the order of their numbers: by their place in the text, or file by file, page by page and downwards.
 * @param answer as it was submitted; it changes no more
 * @throws AppError `invalid_input` for a place that is not in the answer
 */
export function annotationsOf(question: MarkedQuestion, answer: string[], given: Annotation[]): Annotation[] {
  const files = question.type === 'upload' ? answer.flatMap(text => uploadRead(text) ?? []) : []
  const text = question.type === 'essay' ? (answer[0] ?? '') : ''
  /** How many pages it has is known to who shows it, and not here. */
  const isOf = ({ on, fileId }: Place) =>
    files.some(
      ({ id, mediaType }) =>
        id === fileId && (on === 'page' ? mediaType === 'application/pdf' : mediaType.startsWith('image/')),
    )
  for (const [at, one] of given.entries()) {
    const fits = one.on === 'text' ? isIn(text, one) : isOf(one) && isInPlane(one)
    if (!fits) throw invalidField(`annotations.${at}`, 'annotation_outside')
  }
  return annotationsInOrder(
    given,
    files.map(({ id }) => id),
  )
}

type Passage = Extract<Annotation, { on: 'text' }>
type Place = Extract<Annotation, { on: 'picture' | 'page' }>

function isIn(text: string, { start, end, quote }: Passage): boolean {
  if (start >= end || end > text.length || splitsCharacter(text, start) || splitsCharacter(text, end))
    return false
  return quote === quoteOf(text, start, end)
}

/** Whether a place lies within a character that takes two code units. */
const splitsCharacter = (text: string, at: number) =>
  at > 0 && /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1))

const isInPlane = ({ x, y, width, height }: Place) => x + width <= 1 + slack && y + height <= 1 + slack

/** Those of two marks that agree: the learner sees what both said, numbered as one. */
export function annotationsOfBoth(first: Annotation[], second: Annotation[], answer: string[]): Annotation[] {
  return annotationsInOrder(
    [...first, ...second],
    answer.flatMap(text => uploadRead(text)?.id ?? []),
  )
}
