import type { TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { createGradebookFixture } from '../gradebook/gradebook-fixture.ts'
import { allOrNothing } from '../questions/score.ts'
import { plainSettings } from '../quizzes/quiz-fixture.ts'
import { insertQuestions, insertQuiz, type QuizSettings } from '../quizzes/quizzes.store.ts'
import { gradeSubmission, insertSubmission, updateGrading } from '../submissions/submissions.store.ts'
import { alignQuestions } from './align-questions.ts'
import { getEvidence, getMyStandards, readStandardLevels } from './read-levels.ts'
import { defaultLevels, type Setup, saveStandards } from './standards.ts'

export const standardOf = (code: string, more: Partial<Setup['standards'][number]> = {}) => ({
  id: uuidv7(),
  code,
  title: `What ${code} asks`,
  description: '',
  ...more,
})

export const setupWith = (
  standards: Setup['standards'],
  more: Partial<Omit<Setup, 'standards'>> = {},
): Setup => ({ standardsShown: true, evidenceRule: 'latest', levels: defaultLevels, standards, ...more })

/** A course with two standards, a learner, and quizzes whose questions show them. */
export async function createStandardsFixture(kit: TestKit, more: Partial<Omit<Setup, 'standards'>> = {}) {
  const fixture = await createGradebookFixture(kit)
  const { courseId, organizationId, school, teacher } = fixture
  const [one, two] = [standardOf('GEO 1'), standardOf('GEO 2')]
  await saveStandards(kit, teacher, { ...setupWith([one, two], more), courseId, standardsRevision: 0 })
  const learner = await fixture.learner()
  let minute = 0

  return {
    ...fixture,
    learner,
    addLearner: fixture.learner,
    one: one.id,
    two: two.id,
    standards: [one, two],

    /** A quiz whose questions have these points. @returns its id with those of its questions. */
    async quizOf(points: number[], settings: Partial<QuizSettings> & { bank?: boolean } = {}) {
      const quizId = uuidv7()
      await insertQuiz(school, {
        ...plainSettings,
        title: 'How rivers flow',
        bank: false,
        ...settings,
        ...{ id: quizId, organizationId, courseId, createdBy: teacher.actor.userId },
      })
      const questions = points.map(worth => ({
        id: uuidv7(),
        version: 1,
        type: 'single_choice' as const,
        content: 'Which?',
        points: worth,
        options: ['a', 'b'].map(id => ({ id, content: id, feedback: null })),
        correctAnswer: ['a'],
        body: null,
        scoring: allOrNothing,
        feedback: { general: null, correct: null, incorrect: null },
      }))
      await insertQuestions(school, organizationId, quizId, questions)
      return { quizId, questions: questions.map(({ id }) => id) as [string, ...string[]] }
    },

    align: (quizId: string, pairs: [questionId: string, standardId: string][], aligned = true) =>
      alignQuestions(
        kit,
        teacher,
        quizId,
        pairs.map(([questionId, standardId]) => ({ questionId, standardId, aligned })),
      ),

    /** A graded attempt with what each question was given; each a minute after the one before. */
    async take(
      quizId: string,
      awarded: Record<string, number>,
      {
        userId = learner.userId,
        attemptNumber = 1,
        scorePercent = 0,
        ...marks
      }: { userId?: string; attemptNumber?: number; scorePercent?: number; [name: string]: unknown } = {},
    ) {
      const id = uuidv7()
      minute += 1
      await insertSubmission(school, {
        id,
        organizationId,
        quizId,
        userId,
        attemptNumber,
        questions: Object.keys(awarded).map(questionId => ({ id: questionId, version: 1 })) as never,
        boundByClosing: false,
      })
      const grading = {
        ...{ score: 1, maxScore: 1, scorePercent, passed: false, late: null },
        ...{ awarded, marks: {}, hints: {}, comments: {}, annotations: {}, awaiting: [] },
      }
      const submittedAt = new Date(Date.UTC(2026, 2, 1, 8, minute)).toISOString()
      await school.transaction(async tx => gradeSubmission(tx, id, { answers: {}, grading, submittedAt }))
      await school.transaction(async tx =>
        updateGrading(tx, id, grading, { ...grading, late: undefined, ...marks }),
      )
      return id
    },

    /** Of each standard, what the evidence of the learner comes to. */
    async percents(userId = learner.userId) {
      const page = { userIds: [userId], after: undefined, limit: 100 }
      const { items } = await readStandardLevels(kit, teacher, courseId, page)
      return items[0]?.standings.map(({ percent }) => percent)
    },
    mine: () => getMyStandards(kit, learner, courseId),
    evidence: (standardId: string, userId = learner.userId) =>
      getEvidence(kit, teacher, { courseId, standardId, userId }),
  }
}
