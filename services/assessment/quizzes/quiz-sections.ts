import type { FieldReason } from '@azora/contracts/errors.ts'
import { AppError, fieldFault } from '@azora/kit/errors.ts'
import { isEmptyHtml } from '@azora/kit/rich-text/empty.ts'
import { v7 as uuidv7 } from 'uuid'
import { type Passage, pagesOf } from '../questions/passage.ts'
import type { AttemptSection } from '../submissions/sections.ts'

/** Parts of a quiz that are taken one after another, each with a time of its own or without one (decision 0062). */

export type SectionInput = {
  id: string
  title: string
  instructions: string
  timeLimitMinutes: number | null
}
/** @property questions how many it consists of: those of the quiz belong to its sections in order */
export type QuizSection = SectionInput & { questions: number }

/** Each item with the section that it belongs to by its place. */
export function sectionsByPlace<S extends { questions: number }, T>(
  sections: S[],
  items: T[],
): { section: S | undefined; item: T }[] {
  const ofPlace = sections.flatMap(section => Array<S>(section.questions).fill(section))
  return items.map((item, at) => ({ section: ofPlace[at], item }))
}

/** Items by the section that they belong to by their place; all together where there are none. */
export function bySection<T>(sections: { questions: number }[], items: T[]): T[][] {
  if (sections.length === 0) return [items]
  let from = 0
  return sections.map(({ questions }) => {
    from += questions
    return items.slice(from - questions, from)
  })
}

/**
 * Questions in the sections that they name, and in the order of those. A save that names no sections keeps those there
 * are, and a question that does not name its own stays in it; a new one follows the question before it. What stands under
 * one text stays together, in the section of the first.
 * @param named by the id of a question, which section it names
 * @throws AppError `invalid_input`
 */
export function inSections<Q extends { id: string; passage?: Passage | null | undefined }>(
  questions: Q[],
  named: Map<string, string | null | undefined>,
  input: SectionInput[] | undefined,
  before: { sections: QuizSection[]; questions: { id: string }[] } = { sections: [], questions: [] },
): { questions: Q[]; sections: QuizSection[] } {
  const faults: ReturnType<typeof fieldFault>[] = []
  const refuse = (path: string, reason: FieldReason) =>
    faults.push(fieldFault(path, reason, { code: 'custom' }))
  const given: SectionInput[] = input ?? before.sections
  const groups = new Map<string, Q[]>(given.map(({ id }) => [id, []]))
  if (groups.size < given.length) refuse('sections', 'duplicate_section')
  const was = new Map(
    sectionsByPlace(before.sections, before.questions).map(({ section, item }) => [item.id, section?.id]),
  )
  let last = given[0]?.id
  for (const page of pagesOf(questions)) {
    const id = page[0]?.id ?? ''
    const said = named.get(id)
    if (said && !groups.has(said))
      refuse(`questions.${[...named.keys()].indexOf(id)}.sectionId`, 'section_unknown')
    const name = said ?? was.get(id)
    if (name !== undefined && groups.has(name)) last = name
    groups.get(last ?? '')?.push(...page)
  }
  for (const [at, { id }] of given.entries())
    if (input && groups.get(id)?.length === 0) refuse(`sections.${at}`, 'section_without_questions')
  if (faults.length > 0) throw new AppError('invalid_input', { fields: faults })
  if (given.length === 0) return { questions, sections: [] }
  const known = new Set(before.sections.map(({ id }) => id))
  return {
    questions: [...groups.values()].flat(),
    sections: given.flatMap(({ id, title, instructions, timeLimitMinutes }) => {
      const count = groups.get(id)?.length ?? 0
      const section = { title, instructions: isEmptyHtml(instructions) ? '' : instructions, timeLimitMinutes }
      return count === 0 ? [] : [{ id: known.has(id) ? id : uuidv7(), ...section, questions: count }]
    }),
  }
}

/** Sections as an attempt has them that begins without extra time. */
export const sectionsToTake = (sections: QuizSection[]): AttemptSection[] =>
  sections.map(({ title, instructions, questions, timeLimitMinutes }) => {
    const seconds = timeLimitMinutes === null ? null : timeLimitMinutes * 60
    return { title, instructions, questions, limitSeconds: seconds, baseSeconds: seconds }
  })
