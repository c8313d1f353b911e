import type { AskingCaller } from '@azora/kit/caller.ts'
import type { TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { allOrNothing } from '../questions/score.ts'
import { plainSettings } from '../quizzes/quiz-fixture.ts'
import { insertQuestions, insertQuiz, type QuizSettings } from '../quizzes/quizzes.store.ts'
import { createAskedQuestions } from './asked-questions.ts'
import { endAgo, selectResultEvents } from './testing.store.ts'

/** A school with quizzes of one question each, for tests of attempts. The right option is `a`. */
export function createAttemptFixture(kit: TestKit, organizationId = uuidv7()) {
  const school = kit.db.in(organizationId)
  const tools = { ...kit, questionsOf: createAskedQuestions() }
  // Education says who takes part in a course, and that learners see every quiz.
  const othersFor = (author: boolean) =>
    ({
      education: {
        getCourseAccess: async () => ({ author, enrolled: true }),
        findQuizPlaces: async () => ({ places: [{ lessonTitle: 'A lesson', open: true }] }),
      },
    }) as never
  return {
    organizationId,
    school,
    tools,

    person({ author = false } = {}): AskingCaller {
      const actor = { userId: uuidv7(), organizationId, sessionId: uuidv7(), roles: [], authenticatedAt: 0 }
      return { actor, ip: '127.0.0.1', userAgent: 'test', others: othersFor(author) }
    },

    async quiz(settings: Partial<QuizSettings> & { bank?: boolean } = {}) {
      const [id, questionId] = [uuidv7(), uuidv7()]
      const { bank = false, ...given } = settings
      await insertQuiz(school, {
        ...plainSettings,
        ...given,
        id,
        organizationId,
        courseId: uuidv7(),
        bank,
        createdBy: uuidv7(),
      })
      await school.transaction(tx =>
        insertQuestions(tx, organizationId, id, [
          {
            id: questionId,
            type: 'single_choice',
            content: 'Which river is longer?',
            points: 1,
            options: [
              { id: 'a', content: 'The Nile', feedback: null },
              { id: 'b', content: 'The Thames', feedback: null },
            ],
            correctAnswer: ['a'],
            body: null,
            scoring: allOrNothing,
            feedback: { general: null, correct: null, incorrect: null },
            version: 1,
          },
        ]),
      )
      return { id, questionId }
    },

    endedAgo: (submissionId: string, seconds: number) => endAgo(school, submissionId, seconds),
    results: (submissionId: string) => selectResultEvents(kit.db.infrastructure, submissionId),
  }
}
