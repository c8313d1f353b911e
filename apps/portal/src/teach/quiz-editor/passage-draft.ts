import { moveModule } from '../course-editor/outline.ts'
import type { AuthoredQuiz } from './authored-quiz.ts'
import type { QuestionDraft } from './question-draft.ts'
import { htmlOf, typedText } from './typed-text.ts'

/** A text with several questions as it is being written. Its key is its id once it was saved. */
export type PassageDraft = { key: string; content: string; shuffle: boolean }

export const newPassage = (): PassageDraft => ({ key: crypto.randomUUID(), content: '', shuffle: false })

export const passageDraftsOf = (quiz: Pick<AuthoredQuiz, 'passages'> | null): PassageDraft[] =>
  (quiz?.passages ?? []).map(({ id, content, shuffle }) => ({
    key: id,
    content: typedText(content),
    shuffle,
  }))

export const passageInput = ({ key, content, shuffle }: PassageDraft) => ({
  id: key,
  content: htmlOf(content),
  shuffle,
})

export function isPassageDraft(value: unknown): value is PassageDraft {
  const { key, content, shuffle } = (value ?? {}) as Partial<PassageDraft>
  return typeof key === 'string' && typeof content === 'string' && typeof shuffle === 'boolean'
}

type Placed = Pick<QuestionDraft, 'passage'>
/** Questions that stand together: under one text, or one without. `from` is the place of the first. */
export type Unit<Q extends Placed> = { passage: string | null; from: number; questions: Q[] }

export function unitsOf<Q extends Placed>(questions: Q[]): Unit<Q>[] {
  const units: Unit<Q>[] = []
  for (const [from, question] of questions.entries()) {
    const passage = question.passage ?? null
    const before = units.at(-1)
    if (passage !== null && before?.passage === passage) before.questions.push(question)
    else units.push({ passage, from, questions: [question] })
  }
  return units
}

const questionsOf = <Q extends Placed>(units: Unit<Q>[]) => units.flatMap(({ questions }) => questions)

/** A question one place up or down: among those under its text, or else past all that stands together. */
export function moveQuestion<Q extends Placed>(questions: Q[], index: number, by: 1 | -1): Q[] {
  const units = unitsOf(questions)
  const at = units.findLastIndex(({ from }) => from <= index)
  const unit = units[at]
  if (!unit) return questions
  if (unit.passage === null) return questionsOf(moveModule(units, at, by))
  return questionsOf(
    units.with(at, { ...unit, questions: moveModule(unit.questions, index - unit.from, by) }),
  )
}

/** A question as the last one under a text. */
export function putUnder<Q extends Placed>(questions: Q[], index: number, passage: string): Q[] {
  const question = questions[index]
  if (!question) return questions
  return addUnder(questions.toSpliced(index, 1), { ...question, passage })
}

/** A new question at the end of its text, or of the quiz. */
export function addUnder<Q extends Placed>(questions: Q[], question: Q): Q[] {
  const last = question.passage ? questions.findLastIndex(({ passage }) => passage === question.passage) : -1
  return last < 0 ? [...questions, question] : questions.toSpliced(last + 1, 0, question)
}

/** A question taken out of its text, behind the others under it. */
export function takeOut<Q extends Placed>(questions: Q[], index: number): Q[] {
  const question = questions[index]
  if (!question) return questions
  const last = questions.findLastIndex(({ passage }) => passage === question.passage)
  return questions.toSpliced(index, 1).toSpliced(last, 0, { ...question, passage: null })
}
