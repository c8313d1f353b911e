import { limits } from '@azora/contracts/limits.ts'
import { isEmptyHtml } from '@azora/kit/rich-text/empty.ts'
import type { CartridgeQuestion, CartridgeQuiz } from './cartridge.ts'

/** What a quiz of another system holds beyond the limits of this one, brought within them aloud. */

type Note = (as: string, reason: string, code: string) => void

/** What the text before the questions of a quiz may take of `limits.savedBytes`. */
const introductionBytes = 100_000

/** Why the question does not fit, or null; `bytes` is what it takes, and `before` what those before it take. */
export function misfit(
  question: CartridgeQuestion,
  quiz: CartridgeQuiz,
  bytes: { own: number; before: number },
): string | null {
  if (question.options.length > limits.optionsOfQuestion)
    return `it has more than ${limits.optionsOfQuestion} options`
  const full = quiz.questions.length >= limits.questionsOfQuiz
  return full || bytes.own + bytes.before > limits.savedBytes - introductionBytes
    ? 'the quiz is longer than one quiz can be here'
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
  const name = `question ${quiz.questions.length + 1} of quiz “${quiz.title}”`
  if (question.points > limits.pointsOfQuestion) {
    note(name, `Its ${question.points} points were limited to ${limits.pointsOfQuestion}.`, 'limited')
  }
  if (question.options.some(option => isEmptyHtml(option.content)))
    note(name, 'An option without a text is shown as “(blank)”.', 'blank_option')
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
  const name = `quiz “${quiz.title}”`
  const fitted = { ...quiz }
  if (timeLimitMinutes !== null && timeLimitMinutes > limits.timeLimitMinutes) {
    fitted.timeLimitMinutes = limits.timeLimitMinutes
    note(
      name,
      `Its time limit was brought to the longest here, ${limits.timeLimitMinutes} minutes.`,
      'limited',
    )
  }
  if (maxAttempts !== null && maxAttempts > limits.attempts) {
    fitted.maxAttempts = null
    note(name, `It allowed more than ${limits.attempts} attempts; now they are not limited.`, 'limited')
  }
  return fitted
}
