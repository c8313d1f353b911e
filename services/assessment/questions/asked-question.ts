import { limits } from '@azora/contracts/limits.ts'
import { invalidField } from '@azora/kit/errors.ts'
import { admissibleChoice, choiceMarks } from './choice.ts'
import { withAnyKey, withDrawnValues } from './parameters/drawn-question.ts'
import type { OpenQuestion, Question } from './question.ts'
import { isRight, type Marker, type PartMark, type Responses, type Shuffle } from './question-rules.ts'
import { rulesOf } from './question-types.ts'
import { scoreOf } from './score.ts'
import { typedAnswer } from './typed-answer.ts'

/** A question in an attempt, whatever its type: what is shown, which answers are kept, and what they earn. */

/** As who takes the quiz sees it. Options come in the order given; `shuffle` is for what a type always mixes. */
export function openedQuestion(
  question: Question,
  options: { id: string; content: string; exclusive?: boolean | undefined }[],
  shuffle: Shuffle,
): OpenQuestion {
  const { id, type, content, points } = question
  const shown = {
    id,
    type,
    content,
    points,
    options: options.map(option => ({
      id: option.id,
      content: option.content,
      ...(option.exclusive ? { exclusive: true } : {}),
    })),
  }
  // Of the union: the type says which body it is, and the contract checks it as it leaves.
  if (question.body === null) return shown as OpenQuestion
  return { ...shown, body: rulesOf(question).open(question.body, shuffle) } as OpenQuestion
}

/** The question as one attempt has it, with what its type draws by chance. @param seed of 32 bits */
export function drawnQuestion<Q extends Question>(question: Q, seed: number): Q {
  if (question.parameters) return withDrawnValues(question, seed)
  const drawn = question.body === null ? undefined : rulesOf(question).drawn?.(question as never, seed)
  return drawn ? { ...question, ...drawn } : question
}

/** Whether the rules of a type draw what a question asks, so that another version may draw something else. */
export const isDrawnByRules = (question: Question): boolean =>
  question.body !== null && rulesOf(question).drawn !== undefined

/** A question that was shown, with what its type tells only once the result is shown. */
export const openedAfter = (shown: OpenQuestion, question: Question): OpenQuestion => {
  const after = question.body === null ? undefined : rulesOf(question).openAfter?.(question.body)
  return after === undefined ? shown : ({ ...shown, body: after } as OpenQuestion)
}

/** The ids under which a question takes answers. */
export const responseIdsOf = (question: Question): string[] =>
  question.body === null ? [question.id] : rulesOf(question).responseIds(question.id, question.body)

/** PostgreSQL's JSON holds neither a zero character nor half of one that is written in two. */
const storable = (text: string) => text.replaceAll('\0', '').toWellFormed()

/** Longer ones were never typed into our pages. @throws AppError `invalid_input`. */
function checkLength(question: Question, responseId: string, given: string[]): void {
  const longest =
    (question.body === null ? undefined : rulesOf(question).longestAnswer) ?? limits.shortTextLength
  if (given.every(text => text.length <= longest)) return
  const values = { most: String(longest) }
  throw invalidField(`answers.${responseId}`, 'answer_too_long', { code: 'too_big', values })
}

/**
 * Answers as they may be kept: of questions that were asked, in the shape and of the parts that they have.
 * @throws AppError `invalid_input` for one that is too long.
 */
export function admissibleAnswers(questions: Question[], answers: Responses): Responses {
  const kept: Responses = {}
  for (const question of questions) {
    if (question.body !== null && rulesOf(question).answeredByFiles) continue
    for (const responseId of responseIdsOf(question)) {
      const given = answers[responseId]?.map(storable)
      if (!given) continue
      checkLength(question, responseId, given)
      kept[responseId] =
        question.body === null
          ? admissibleChoice(question, given)
          : rulesOf(question).admissible(question.body, responseId, given)
    }
  }
  return kept
}

const partsOf = (question: Question, answers: Responses): PartMark[] =>
  question.body === null
    ? choiceMarks(question, answers[question.id] ?? [])
    : rulesOf(question).marks(question.id, question.body, answers)

/** Who else than the rules marks what was answered to a question; null where the rules do, and where nothing was. */
export function markerOf(question: Question, answers: Responses): Marker | null {
  const marker = question.body === null ? undefined : rulesOf(question).marker
  if (!marker || question.body === null) return null
  const ids = rulesOf(question).responseIds(question.id, question.body)
  return ids.some(id => answers[id]?.some(text => text.trim() !== '')) ? marker : null
}

/** Whether the rules of its type mark what is answered to a question. */
export const isMarkedByRules = (question: Question): boolean =>
  question.body === null || rulesOf(question).marker === undefined

/** What a question earns, and why, by the rules of its type. */
export const gradeQuestion = (question: Question, answers: Responses) =>
  scoreOf(partsOf(question, answers), question.scoring, question.points)

/** An answer that is right, as it would be given. */
export const correctAnswerOf = (question: Question): string[] =>
  question.body === null ? question.correctAnswer : rulesOf(question).correct(question.body)

/** What is right, as HTML for who teaches the course: each answer that earns everything, or that of each part. */
export function rightAnswersTold(question: Question): string[] {
  if (question.body === null)
    return question.options.filter(({ id }) => question.correctAnswer.includes(id)).map(one => one.content)
  const rules = rulesOf(question)
  const right = rules.correct(question.body)
  if (right.length === 0)
    return rules
      .marks(question.id, question.body, {})
      .flatMap(({ expected }) => (expected === null ? [] : [typedAnswer(expected)]))
  const told = question.type === 'ordering' ? [right] : right.map(one => [one])
  return told.map(answer => {
    const { part, answer: text } = rules.tell(question.body, question.id, answer)
    return part ? `${part} – ${text}` : text
  })
}

/** What was answered to the question itself; its parts are in the marks. */
export const chosenIn = (question: Question, answers: Responses): string[] => answers[question.id] ?? []

/** What its author says to these answers: to the options or texts given, to right or wrong, and to everyone. */
export function feedbackTo(question: Question, answers: Responses): string[] {
  const parts = partsOf(question, answers)
  const chosen = chosenIn(question, answers)
  const ofOptions = question.options.filter(({ id }) => chosen.includes(id)).map(({ feedback }) => feedback)
  const right = parts.length > 0 && parts.every(isRight)
  const judged = markerOf(question, answers) === null
  const { correct, incorrect, general } = question.feedback
  const all = [
    ...ofOptions,
    ...parts.map(({ feedback }) => feedback),
    judged ? (right ? correct : incorrect) : null,
    general,
  ]
  return all.flatMap(text => text || [])
}

/** An answer that was given to a question or a part of it, for who teaches the course. */
export function toldAnswer(question: Question, responseId: string, answer: string[]) {
  if (question.body === null) throw new Error('The answers to a choice are told by its options.')
  const read = withAnyKey(question)
  const told = rulesOf(question).tell(read.body, responseId, answer)
  // What is right was another answer in each attempt.
  return read === question ? told : { ...told, right: null }
}
