import assert from 'node:assert/strict'
import { questionInput } from '@azora/contracts/assessment/question.ts'
import { v7 as uuidv7 } from 'uuid'
import { saveAccommodation } from '../accommodations/accommodations.ts'
import { insertLearners } from '../courses/courses.store.ts'
import { createQuiz } from '../quizzes/author-quiz.ts'
import { plainSettings } from '../quizzes/quiz-fixture.ts'
import type { QuizSettings } from '../quizzes/quizzes.store.ts'
import { readAttempt, saveAnswers, submitAttempt } from './attempt.ts'
import type { createAttemptFixture } from './attempt-fixture.ts'
import { nextSection } from './next-section.ts'
import { startAttempt } from './start-attempt.ts'
import { selectOptionalSubmission } from './submissions.store.ts'
import { putBack } from './testing.store.ts'

/** Attempts with sections, for tests of them. */

export const sectionTexts = ['first-text', 'second-text', 'third-text', 'fourth-text']
const [reading, grammar, writing] = [uuidv7(), uuidv7(), uuidv7()]
export const sectionQuestions = sectionTexts.map((text, at) =>
  questionInput.parse({
    type: 'single_choice',
    content: `<p>${text}</p>`,
    sectionId: at < 2 ? reading : grammar,
    hints: [{ content: '<p>hint</p>', costPercent: 10 }],
    options: [
      { id: 'a', content: `${text}-right`, correct: true },
      { id: 'b', content: `${text}-wrong`, correct: false },
    ],
  }),
)
export const twoSections = (minutes: (number | null)[] = [10, 20]) => [
  {
    id: reading,
    title: 'Reading',
    instructions: '<p>Read it twice.</p>',
    timeLimitMinutes: minutes[0] ?? null,
  },
  {
    id: grammar,
    title: 'Grammar',
    instructions: '<p>grammar-advice</p>',
    timeLimitMinutes: minutes[1] ?? null,
  },
]

/** A learner in an open attempt at four questions in two sections, of ten minutes and of twenty. */
export async function beginSections(
  fixture: ReturnType<typeof createAttemptFixture>,
  settings: Partial<QuizSettings> = {},
  {
    minutes,
    extraPercent = 0,
    extraMinutes = 0,
    isThree = false,
  }: { minutes?: (number | null)[]; extraPercent?: number; extraMinutes?: number; isThree?: boolean } = {},
) {
  const teacher = fixture.person({ author: true })
  const learner = fixture.person()
  const courseId = uuidv7()
  const third = { id: writing, title: 'Writing', instructions: '', timeLimitMinutes: null }
  const input = {
    ...plainSettings,
    ...settings,
    questions: sectionQuestions.map((question, at) =>
      isThree && at === 3 ? { ...question, sectionId: writing } : question,
    ),
    sections: [...twoSections(minutes), ...(isThree ? [third] : [])],
  }
  const quiz = await createQuiz(fixture.tools, teacher, { ...input, courseId })
  await insertLearners(fixture.school, [{ courseId, userId: learner.actor.userId }])
  const give = (percent: number, extraMinutes = 0) =>
    saveAccommodation(fixture.tools, teacher, {
      courseId,
      userId: learner.actor.userId,
      quizId: null,
      extraPercent: percent,
      extraMinutes,
      extraBreakMinutes: 0,
      extraAttempts: 0,
      opensAt: null,
      dueAt: null,
      closesAt: null,
    })
  if (extraPercent > 0 || extraMinutes > 0) await give(extraPercent, extraMinutes)
  const attempt = await startAttempt(fixture.tools, learner, quiz.id, undefined)
  const { id } = attempt
  const ids = quiz.questions.map(question => question.id)
  return {
    teacher,
    learner,
    quiz,
    attempt,
    id,
    ids,
    give,
    row: async () => (await selectOptionalSubmission(fixture.school, id)) ?? assert.fail(),
    save: (at: number, option: string) =>
      saveAnswers(fixture.tools, learner, id, { [ids[at] as string]: [option] }),
    goOn: (number: number, answers?: Record<string, string[]>) =>
      nextSection(fixture.tools, learner, id, { number, answers }),
    read: () => readAttempt(fixture.tools, learner, id),
    submit: (answers = {}) => submitAttempt(fixture.tools, learner, id, answers),
    later: (minutes: number) => putBack(fixture.school, id, minutes),
  }
}

/** Which of the questions a reply tells anything of. */
export const told = (reply: unknown) => sectionTexts.filter(text => JSON.stringify(reply).includes(text))
export const firstTwo = sectionTexts.slice(0, 2)
export const lastTwo = sectionTexts.slice(2)
export const minutesOf = (from: string, to: string | null | undefined) =>
  Math.round((Date.parse(to ?? '') - Date.parse(from)) / 600) / 100
