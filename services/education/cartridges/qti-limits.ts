import type { FindingCode } from '@azora/contracts/education/import-codes.ts'
import { became, type ImportName } from '@azora/contracts/education/import-names.ts'
import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'
import { limits } from '@azora/contracts/limits.ts'
import { isEmptyHtml } from '@azora/kit/rich-text/empty.ts'
import type { CartridgeQuestion, CartridgeQuiz } from './cartridge.ts'

/** What a quiz of another system holds beyond the limits of this one, brought within them aloud. */

/** Tells the report about something inside a quiz. */
export type Note = (name: ImportName, reasons: ImportReason | ImportReason[], code: FindingCode) => void

/** What the text before the questions of a quiz may take of `limits.savedBytes`. */
const introductionBytes = 100_000

/**
 * Why the question does not fit, or null; `bytes` is what it takes, and `before` what those before it take. The
 * `comparisons` are those of all up to it.
 */
export function misfit(
  question: CartridgeQuestion,
  quiz: CartridgeQuiz,
  bytes: { own: number; before: number; comparisons: number },
): ImportReason | null {
  if (bytes.comparisons > limits.comparisonsOfQuiz) return because('question_quiz_full')
  if (question.options.length > limits.optionsOfQuestion)
    return because('question_many_options', { most: limits.optionsOfQuestion })
  const full = quiz.questions.length >= limits.questionsOfQuiz
  return full || bytes.own + bytes.before > limits.savedBytes - introductionBytes
    ? because('question_quiz_full')
    : null
}

/** How long the address of a file will be (`FileShelf`). */
export type AddressLength = (fileId: string) => number

/** Characters that a text gains when its addresses become this course's own. */
function growth(text: string, addressLength: AddressLength): number {
  let more = 0
  for (const [, fileId] of text.matchAll(/azora-(?:file:([A-Za-z0-9_-]+)|item:)/g))
    more += fileId === undefined ? 100 : addressLength(fileId)
  return more
}

/** Bytes of JSON that saving the content takes. */
export function savedBytes(content: unknown, addressLength: AddressLength): number {
  const json = JSON.stringify(content)
  return Buffer.byteLength(json) + growth(json, addressLength)
}

export const fitsOneText = (html: string, addressLength: AddressLength): boolean =>
  html.length + growth(html, addressLength) <= limits.htmlLength &&
  savedBytes(html, addressLength) <= limits.savedBytes

/** An introduction that is too long is kept as a file, which the quiz or course then names. */
export const fitsIntroduction = (html: string, addressLength: AddressLength): boolean =>
  savedBytes(html, addressLength) <= introductionBytes

export function fittedQuestion(
  question: CartridgeQuestion,
  quiz: CartridgeQuiz,
  note: Note,
): CartridgeQuestion {
  const name = became('question', { number: quiz.questions.length + 1, title: quiz.title })
  if (question.points > limits.pointsOfQuestion) {
    const values = { points: question.points, most: limits.pointsOfQuestion }
    note(name, because('points_limited', values), 'limited')
  }
  if (question.options.some(option => isEmptyHtml(option.content)))
    note(name, because('option_blank'), 'blank_option')
  return {
    ...question,
    points: Math.min(question.points, limits.pointsOfQuestion),
    options: question.options.map(option =>
      isEmptyHtml(option.content) ? { ...option, content: '(blank)' } : option,
    ),
  }
}

export function fittedSettings(quiz: CartridgeQuiz, note: Note): CartridgeQuiz {
  const { timeLimitMinutes, maxAttempts } = quiz
  const name = became('quiz', { title: quiz.title })
  const fitted = { ...quiz }
  if (timeLimitMinutes !== null && timeLimitMinutes > limits.timeLimitMinutes) {
    fitted.timeLimitMinutes = limits.timeLimitMinutes
    note(name, because('time_limited', { most: limits.timeLimitMinutes }), 'limited')
  }
  if (maxAttempts !== null && maxAttempts > limits.attempts) {
    fitted.maxAttempts = null
    note(name, because('attempts_unlimited', { most: limits.attempts }), 'limited')
  }
  return fitted
}
