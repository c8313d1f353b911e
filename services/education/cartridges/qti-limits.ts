import { limits } from '@azora/contracts/limits.ts'
import { plainText } from '@azora/kit/rich-text/sanitise.ts'
import type { CartridgeQuestion, CartridgeQuiz } from './cartridge.ts'

/** What a quiz of another system holds beyond the limits of this one, brought within them aloud. */

type Note = (as: string, reason: string, code: string) => void

/** Why the question does not fit, or null; `quiz` is what was read before it. */
export function misfit(question: CartridgeQuestion, quiz: CartridgeQuiz): string | null {
  if (question.options.length > limits.optionsOfQuestion)
    return `it has more than ${limits.optionsOfQuestion} options`
  const full = quiz.questions.length >= limits.questionsOfQuiz
  return full || savedBytes([...quiz.questions, question]) > limits.savedBytes
    ? 'the quiz is longer than one quiz can be here'
    : null
}

/** Addresses of files grow when they become this course's own. */
export const savedBytes = (content: unknown): number => {
  const json = JSON.stringify(content)
  return Buffer.byteLength(json) + 200 * (json.match(/azora-(?:file|item):/g)?.length ?? 0)
}

export function fittedQuestion(
  question: CartridgeQuestion,
  quiz: CartridgeQuiz,
  note: Note,
): CartridgeQuestion {
  const name = `question ${quiz.questions.length + 1} of quiz “${quiz.title}”`
  if (question.points > limits.pointsOfQuestion) {
    note(name, `Its ${question.points} points were limited to ${limits.pointsOfQuestion}.`, 'limited')
  }
  const blank = (html: string) =>
    plainText(html).trim() === '' && !/<(?:img|audio|video|math|iframe)\b/i.test(html)
  if (question.options.some(option => blank(option.content)))
    note(name, 'An option without a text is shown as “(blank)”.', 'blank_option')
  return {
    ...question,
    points: Math.min(question.points, limits.pointsOfQuestion),
    options: question.options.map(option =>
      blank(option.content) ? { ...option, content: '(blank)' } : option,
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
