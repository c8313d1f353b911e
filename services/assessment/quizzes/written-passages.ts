import type { FieldReason } from '@azora/contracts/errors.ts'
import { limits } from '@azora/contracts/limits.ts'
import { AppError, fieldFault } from '@azora/kit/errors.ts'
import { isEmptyHtml } from '@azora/kit/rich-text/empty.ts'
import { v7 as uuidv7 } from 'uuid'
import { type Passage, passagesIn, together } from '../questions/passage.ts'
import type { WrittenQuestion } from './change-questions.ts'

/** A text as its author writes it, named by its id within the request. */
export type PassageInput = { id: string; content: string; shuffle: boolean }

/**
 * Questions under the texts that they name, and in the order of those. A save that names no texts keeps those there
 * are, and a question that does not name its own stays where it is.
 * @param named place by place, which text each question names
 * @param before as they were stored
 * @throws AppError `invalid_input`
 */
export function underPassages<Q extends WrittenQuestion>(
  questions: Q[],
  named: { passageId?: string | null | undefined }[],
  input: PassageInput[] | undefined,
  before: Pick<WrittenQuestion, 'id' | 'passage'>[] = [],
): Q[] {
  const stored = new Map(passagesIn(before).map(passage => [passage.id, passage]))
  const faults: ReturnType<typeof fieldFault>[] = []
  const refuse = (path: string, reason: FieldReason, most?: number) =>
    faults.push(
      fieldFault(path, reason, { code: 'custom', ...(most ? { values: { most: String(most) } } : {}) }),
    )

  const passages = new Map<string, Passage>()
  for (const [at, written] of (input ?? [...stored.values()]).entries()) {
    if (passages.has(written.id)) refuse(`passages.${at}.id`, 'duplicate_passage')
    if (isEmptyHtml(written.content)) refuse(`passages.${at}.content`, 'passage_empty')
    passages.set(written.id, versionOf(written, stored.get(written.id)))
  }
  const was = new Map(before.map(({ id, passage }) => [id, passage?.id]))
  const placed = questions.map((question, at) => {
    const said = named[at]?.passageId
    const name = said === undefined ? was.get(question.id) : said
    const passage = name ? passages.get(name) : undefined
    if (said && !passage) refuse(`questions.${at}.passageId`, 'passage_unknown')
    return { ...question, passage: passage ?? null }
  })
  const counts = new Map<Passage, number>()
  for (const { passage } of placed) if (passage) counts.set(passage, (counts.get(passage) ?? 0) + 1)
  for (const [at, passage] of [...passages.values()].entries()) {
    const count = counts.get(passage) ?? 0
    if (input && count === 0) refuse(`passages.${at}`, 'passage_without_questions')
    if (count > limits.questionsOfPassage)
      refuse(`passages.${at}`, 'passage_too_long', limits.questionsOfPassage)
  }
  if (faults.length > 0) throw new AppError('invalid_input', { fields: faults })
  return together(placed)
}

function versionOf({ content, shuffle, id }: PassageInput, stored: Passage | undefined): Passage {
  // The id of another quiz, or of a text that is gone, is taken by nobody.
  if (!stored) return { id: uuidv7(), version: 1, content, shuffle }
  const version = content === stored.content ? stored.version : stored.version + 1
  return { id, version, content, shuffle }
}

/** The same questions under texts of their own, for a copy of their quiz. */
export function underCopies<Q extends Pick<WrittenQuestion, 'passage'>>(questions: Q[]): Q[] {
  const copies = new Map(
    passagesIn(questions).map(passage => [passage.id, { ...passage, id: uuidv7(), version: 1 }]),
  )
  return questions.map(question => ({
    ...question,
    passage: question.passage ? (copies.get(question.passage.id) ?? null) : null,
  }))
}
