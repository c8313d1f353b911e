import { moveModule } from '../course-editor/outline.ts'
import type { AuthoredQuiz } from './authored-quiz.ts'
import { moveQuestion, type Unit, unitsOf } from './passage-draft.ts'
import type { QuestionDraft } from './question-draft.ts'
import { htmlOf, typedText } from './typed-text.ts'

/** A section as it is being written. Its key is its id once it was saved. */
export type SectionDraft = {
  key: string
  title: string
  instructions: string
  timeLimitMinutes: number | null
}

export const newSection = (title: string): SectionDraft => ({
  key: crypto.randomUUID(),
  title,
  instructions: '',
  timeLimitMinutes: null,
})

export const sectionDraftsOf = (quiz: Pick<AuthoredQuiz, 'sections'> | null): SectionDraft[] =>
  (quiz?.sections ?? []).map(({ id, title, instructions, timeLimitMinutes }) => ({
    key: id,
    title,
    instructions: typedText(instructions),
    timeLimitMinutes,
  }))

export const sectionInput = ({ key, title, instructions, timeLimitMinutes }: SectionDraft) => ({
  id: key,
  title,
  instructions: htmlOf(instructions),
  timeLimitMinutes,
})

export function isSectionDraft(value: unknown): value is SectionDraft {
  const { key, title, instructions } = (value ?? {}) as Partial<SectionDraft>
  return typeof key === 'string' && typeof title === 'string' && typeof instructions === 'string'
}

type Placed = Pick<QuestionDraft, 'passage' | 'section'>
type Keyed = Pick<SectionDraft, 'key'>

/**
 * Questions in the order of their sections. What stands under one text is in the section of the first; one that names no
 * section that there is, is in that of the question before it.
 */
export function inSectionOrder<Q extends Placed>(questions: Q[], sections: Keyed[]): Q[] {
  const [first] = sections
  if (!first) return questions.map(question => (question.section ? { ...question, section: null } : question))
  const groups = new Map(sections.map(({ key }) => [key, [] as Q[]]))
  let last = first.key
  for (const unit of unitsOf(questions)) {
    const said = unit.questions[0]?.section
    if (said && groups.has(said)) last = said
    const section = last
    groups
      .get(section)
      ?.push(
        ...unit.questions.map(question =>
          question.section === section ? question : { ...question, section },
        ),
      )
  }
  return [...groups.values()].flat()
}

/** What stands together, by section: `from` is the place of its first question. One group of no section where there are none. */
export function groupsOf<Q extends Placed, S extends Keyed>(
  questions: Q[],
  sections: S[],
): { section: S | null; units: Unit<Q>[] }[] {
  const units = unitsOf(questions)
  if (sections.length === 0) return [{ section: null, units }]
  return sections.map(section => ({
    section,
    units: units.filter(unit => unit.questions[0]?.section === section.key),
  }))
}

/** What stands together and begins at a place, as the last of another section. */
export function putInto<Q extends Placed>(questions: Q[], from: number, section: string): Q[] {
  const unit = unitsOf(questions).find(one => one.from === from)
  if (!unit) return questions
  const others = questions.toSpliced(from, unit.questions.length)
  return [...others, ...unit.questions.map(question => ({ ...question, section }))]
}

/** A question, or what stands together with it where it is under no text, one place up or down: past the end of its section into the next. */
export function moveIn<Q extends Placed>(questions: Q[], sections: Keyed[], index: number, by: 1 | -1): Q[] {
  const unit = unitsOf(questions).findLast(({ from }) => from <= index)
  return unit?.passage ? moveQuestion(questions, index, by) : moveUnit(questions, sections, index, by)
}

/** What stands together and begins at a place, one place up or down. */
export function moveUnit<Q extends Placed>(questions: Q[], sections: Keyed[], from: number, by: 1 | -1): Q[] {
  const groups = groupsOf(questions, sections)
  const group = groups.findIndex(({ units }) => units.some(unit => unit.from === from))
  const { units } = groups[group] ?? { units: [] }
  const at = units.findIndex(unit => unit.from === from)
  const unit = units[at]
  if (!unit) return questions
  const questionsOf = (some: Unit<Q>[]) => some.flatMap(one => one.questions)
  if (units[at + by]) {
    const moved = groups.with(group, { section: null, units: moveModule(units, at, by) })
    return moved.flatMap(one => questionsOf(one.units))
  }
  const next = groups[group + by]
  const section = next?.section?.key
  if (!next || !section) return questions
  const taken: Unit<Q> = { ...unit, questions: unit.questions.map(one => ({ ...one, section })) }
  return groups.flatMap(one => {
    if (one === next) return questionsOf(by === 1 ? [taken, ...one.units] : [...one.units, taken])
    return questionsOf(one.units.filter(other => other !== unit))
  })
}

/** Sections without one: its questions go to the one before it, or to the first that is left. */
export function withoutSection<Q extends Placed>(
  { questions, sections }: { questions: Q[]; sections: SectionDraft[] },
  key: string,
): { questions: Q[]; sections: SectionDraft[] } {
  const at = sections.findIndex(section => section.key === key)
  const left = sections.filter(section => section.key !== key)
  const heir = left[Math.max(0, at - 1)]?.key ?? null
  const moved = questions.map(one => (one.section === key ? { ...one, section: heir } : one))
  // In front of what the first had, as they stood in front of it.
  return { sections: left, questions: inSectionOrder(moved, left) }
}

/** How many minutes the sections may take together where that is more than the whole may; else null. */
export function minutesBeyond(sections: SectionDraft[], whole: number | null): number | null {
  const sum = sections.reduce((minutes, { timeLimitMinutes }) => minutes + (timeLimitMinutes ?? 0), 0)
  return whole !== null && sum > whole ? sum : null
}
