import type { Answers, Submission } from '../../offline/answers.ts'

type OpenQuestion = Submission['questions'][number]

/** A question that is answered in a way of its own, not by choosing among its options. */
export type BodyQuestion = Extract<OpenQuestion, { body: unknown }>
export type BodyType = BodyQuestion['type']
export type QuestionOf<T extends BodyType> = Extract<BodyQuestion, { type: T }>

/** What the field of a type is given: it answers under the id of the question, or of its parts. */
export type FieldProps<T extends BodyType> = {
  question: QuestionOf<T>
  answers: Answers
  onAnswer: (responseId: string, given: string[]) => void
  isDisabled: boolean
  /** The ids of the question's text and of the hint below it. */
  labelledBy: string
  describedBy: string
}

export const hasBody = (question: OpenQuestion): question is BodyQuestion => 'body' in question

/** The ids under which a question is answered. */
export const responseIdsOf = (question: OpenQuestion): string[] => {
  if (question.type === 'cloze') return question.body.gaps.map(({ id }) => id)
  return question.type === 'item' ? question.body.parts.map(({ id }) => id) : [question.id]
}

/** The answers to some questions, of those to all. */
export const answersTo = (questions: OpenQuestion[], answers: Answers): Answers =>
  Object.fromEntries(questions.flatMap(responseIdsOf).flatMap(id => (answers[id] ? [[id, answers[id]]] : [])))

/** Whether anything of a question was answered. */
export function isAnswered(question: OpenQuestion, answers: Answers): boolean {
  return responseIdsOf(question).some(id => answers[id]?.some(text => text.trim() !== ''))
}
