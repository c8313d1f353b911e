import type { Submission } from '../../offline/answers.ts'
import { type BodyType, hasBody, type QuestionOf } from '../types/answer-field.ts'
import { withGaps } from '../types/gap-marks.ts'
import { letterOf } from '../types/plain-text.ts'
import { blank, box, escaped, handInBox, line, lines, list, listing, pinned, shownPicture } from './paper.ts'

type OpenQuestion = Submission['questions'][number]

const circle =
  '<span aria-hidden="true" class="mt-1 inline-block size-4 shrink-0 rounded-full border border-black"></span>'

/** Lettered, to write the letter where it belongs. */
const lettered = (parts: { content: string }[]) =>
  list(parts.map(({ content }, at) => [`<b>${letterOf(at)}</b>`, content] as const))

/** Each item with a short line for a letter or a number. */
const answered = (items: { content: string }[]) =>
  list(items.map(({ content }) => [blank(3), content] as const))

const paired = ({ items, choices }: { items: { content: string }[]; choices: { content: string }[] }) =>
  `${lettered(choices)}${answered(items)}`

/** Where a question of each type is answered on paper. A new type is a line here (decision 0038). */
const fields: { [T in BodyType]: (question: QuestionOf<T>) => string } = {
  short_text: () => line,
  numeric: () => line,
  formula: () => line,
  matching: ({ body }) => paired(body),
  categories: ({ body }) => paired(body),
  ordering: ({ body }) => answered(body.items),
  essay: () => lines(12),
  upload: () => handInBox,
  code: ({ body }) => `${body.files.map(listing).join('')}${lines(12)}`,
  item: ({ body }) => body.parts.map(partField).join(''),
  // Its gaps are in its text.
  cloze: () => '',
  hotspot: ({ body }) => (body.picture ? shownPicture(body.picture) : lines(3)),
  labelling: ({ body }) =>
    `${body.picture ? pinned(body.picture, body.targets) : ''}${lettered(body.labels)}${list(
      body.targets.map((_, at) => [`<b>${at + 1}</b>`, blank(3)] as const),
    )}`,
}

type ItemPart = QuestionOf<'item'>['body']['parts'][number]

/** One part of an imported question, under its number. */
function partField(part: ItemPart, at: number): string {
  const head = `<p><b>[${at + 1}]</b> ${part.prompt}</p>`
  if (part.kind === 'text') return `${head}${line}`
  if (part.kind === 'long_text') return `${head}${lines(6)}`
  if (part.kind === 'pairs') return `${head}${paired({ items: part.options, choices: part.targets })}`
  if (part.kind === 'order') return `${head}${answered(part.options)}`
  return `${head}${list(part.options.map(({ content }) => [part.most === 1 ? circle : box, content] as const))}`
}

function textOf(question: OpenQuestion): string {
  if (question.type === 'item') return withGaps(question.content, number => `<b>[${number}]</b>`)
  if (question.type !== 'cloze') return question.content
  return withGaps(question.content, number => {
    const gap = question.body.gaps[Number(number) - 1]
    if (gap?.kind !== 'inline_choice') return blank(10)
    return `(${gap.options.map(({ text }) => escaped(text)).join(' / ')})`
  })
}

/**
 * A question on paper, as HTML that needs no script: its text, what to do, and where to answer. It is made of what a
 * learner sees before the result, so there is no key in it.
 * @param hint what to do with it on paper
 * @param alone what stands beside an option that is chosen alone
 */
export function printed(question: OpenQuestion, hint: string, alone: string): string {
  const field = hasBody(question)
    ? // Of the union: the type says which field it is.
      (fields[question.type] as (question: OpenQuestion) => string)(question)
    : list(
        question.options.map(
          ({ content, exclusive }) =>
            [
              question.type === 'multiple_choice' ? box : circle,
              exclusive ? `${content}<p class="text-sm italic">${escaped(alone)}</p>` : content,
            ] as const,
        ),
      )
  return `${textOf(question)}<p class="text-sm italic">${escaped(hint)}</p>${field}`
}
