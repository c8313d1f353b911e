import type { TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import type { BodyOf } from '../questions/question.ts'
import { allOrNothing } from '../questions/score.ts'
import { insertQuestions, type QuizSettings } from '../quizzes/quizzes.store.ts'
import { submitAttempt } from '../submissions/attempt.ts'
import { createAttemptFixture } from '../submissions/attempt-fixture.ts'
import { startAttempt } from '../submissions/start-attempt.ts'

/** Two criteria, worth 4 and 2. */
export const rubric: BodyOf<'essay'>['rubric'] = [
  {
    id: 'reason',
    title: 'Argument',
    description: 'Are there reasons?',
    levels: [
      { id: 'good', title: 'Convincing', description: '', points: 4 },
      { id: 'some', title: 'In part', description: '', points: 2 },
      { id: 'none', title: 'Missing', description: '', points: 0 },
    ],
  },
  {
    id: 'style',
    title: 'Style',
    description: '',
    levels: [
      { id: 'clear', title: 'Clear', description: '', points: 2 },
      { id: 'hard', title: 'Hard to read', description: '', points: 0 },
    ],
  },
]

/** Quizzes of a choice, worth 1, and an essay, worth 3, for tests of marking. The right option is `a`. */
export function createEssayFixture(kit: TestKit) {
  const fixture = createAttemptFixture(kit)
  const { organizationId, school, tools } = fixture

  async function essayQuiz(
    settings: Partial<QuizSettings> = {},
    body: Partial<BodyOf<'essay'>> = {},
    essays = 1,
  ) {
    const { id, questionId: choiceId } = await fixture.quiz(settings)
    const essayIds = Array.from({ length: essays }, () => uuidv7())
    await school.transaction(tx =>
      insertQuestions(
        tx,
        organizationId,
        id,
        essayIds.map(essayId => ({
          id: essayId,
          type: 'essay' as const,
          content: '<p>Why do rivers bend?</p>',
          points: 3,
          options: [],
          correctAnswer: [],
          body: {
            minWords: null,
            maxWords: null,
            rubric: [],
            rubricShown: true,
            guidance: '<p>for markers alone</p>',
            ...body,
          },
          scoring: allOrNothing,
          feedback: { general: 'for all', correct: 'for right ones', incorrect: 'for wrong ones' },
          version: 1,
        })),
      ),
    )
    return { id, choiceId, essayIds, essayId: essayIds[0] as string }
  }

  /** An attempt that was submitted with the choice right and each essay written. */
  async function written(quiz: Awaited<ReturnType<typeof essayQuiz>>, learner = fixture.person()) {
    const { id } = await startAttempt(tools, learner, quiz.id, undefined)
    const answers = {
      [quiz.choiceId]: ['a'],
      ...Object.fromEntries(quiz.essayIds.map(essayId => [essayId, ['Water is lazy.\n\nIt bends.']])),
    }
    return { id, learner, submission: await submitAttempt(tools, learner, id, answers) }
  }
  /** Who teaches every course. */
  function teacher(): ReturnType<typeof fixture.person> {
    const education = { getCourseAccess: async () => ({ author: true, enrolled: false }) }
    return { ...fixture.person(), others: { education } as never }
  }
  return { ...fixture, essayQuiz, written, teacher }
}
