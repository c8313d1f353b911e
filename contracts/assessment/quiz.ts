import { z } from 'zod'
import { limits } from '../limits.ts'
import { operation } from '../operation.ts'
import { html, id, line, percent, time } from '../wire.ts'
import { authoredPassages, passagesInput } from './passage.ts'
import { question, questionInput, quizKind } from './question.ts'
import { authoredSections, sectionsInput } from './section.ts'
import { keptTaking, taking } from './taking.ts'

/** Quizzes and surveys: what their author sets and asks. */

/**
 * What learners see once they have submitted: their score with the right answers, the score alone, or neither. Nothing
 * that is not shown leaves the service, except to who teaches the course.
 */
export const resultsShown = z.enum(['all', 'score', 'none'])

/**
 * When learners who are shown the right answers are shown them, with feedback, solutions and the mark of each question:
 * at once; once the time of everybody is over (the last closing of anyone, or the last due date where the quiz does not
 * close); once every learner of the course has submitted or the quiz has closed to all; or never. The score does not wait.
 */
const answerRelease = z.enum(['at_once', 'after_due', 'after_all', 'never'])

/** What a learner waits for who will be shown the right answers later; `at` is when that is at the latest, where it is known. */
export const answersHeld = z
  .object({ until: z.enum(['after_due', 'after_all']), at: time.nullable() })
  .nullable()

/** What learners type before they start. Spaces round it are not part of it. */
export const accessCode = z.string().trim().min(1).max(limits.accessCodeLength)

/**
 * What the sealed code of a quiz is bound to. Assessment stores it; education seals the one of an imported quiz before
 * it is an event, since an event waits in tables and queues.
 */
export const accessCodeSeal = (quizId: string) => `quizzes.access_code.${quizId}`

const settings = {
  title: line(300),
  description: html.default(''),
  passingScore: percent.default(60),
  timeLimitMinutes: z.number().int().min(1).max(limits.timeLimitMinutes).nullable().default(null),
  maxAttempts: z.number().int().min(1).max(limits.attempts).nullable().default(null),
  shuffle: z.boolean().default(false),
}

/** Settings that a save leaves as they are where it does not name them. */
const keptSettings = {
  kind: quizKind.optional(),
  ...keptTaking,
  accessCode: accessCode.nullable().optional(),
  resultsShown: resultsShown.optional(),
  answerRelease: answerRelease.optional(),
  shuffleAnswers: z.boolean().optional(),
}

export const quiz = z.object({
  id,
  courseId: id,
  kind: quizKind,
  title: z.string(),
  description: z.string(),
  passingScore: percent,
  timeLimitMinutes: z.number().nullable(),
  maxAttempts: z.number().nullable(),
  shuffle: z.boolean(),
  shuffleAnswers: z.boolean(),
  ...taking,
  hasAccessCode: z.boolean(),
  resultsShown,
  answerRelease,
  bank: z.boolean(),
  questionCount: z.number().int(),
  createdAt: time,
})

const authoredQuiz = quiz.extend({
  formulaSheet: z.string(),
  questions: z.array(question),
  passages: authoredPassages,
  sections: authoredSections,
  attempted: z.boolean(),
  attemptCount: z.number().int(),
  /** Attempts taken before the latest change of the questions; they keep the versions that they were taken on. */
  earlierAttemptCount: z.number().int(),
})

/** The code is told by this reading alone: the answers of writes are kept for their repetition. */
export const editedQuiz = authoredQuiz.extend({ accessCode: z.string().nullable() })

const tags: [string] = ['assessment']
const byQuiz = z.object({ quizId: id })

export const quizOperations = {
  listQuizzes: operation({
    method: 'GET',
    path: '/assessment/quizzes',
    access: 'course.author',
    tags,
    summary: 'The quizzes, surveys and question banks of a course that you teach.',
  })
    .input(z.object({ courseId: id }))
    .output(z.object({ items: z.array(quiz) })),
  createQuiz: operation({
    method: 'POST',
    path: '/assessment/quizzes',
    access: 'course.author',
    tags,
    successStatus: 201,
    summary: 'Create a quiz or a survey in a course that you teach.',
  })
    .input(
      z.object({
        courseId: id,
        ...settings,
        ...keptSettings,
        questions: z.array(questionInput).max(limits.questionsOfQuiz).default([]),
        passages: passagesInput,
        sections: sectionsInput,
      }),
    )
    .output(authoredQuiz),
  editQuiz: operation({
    method: 'GET',
    path: '/assessment/quizzes/{quizId}/edit',
    access: 'course.author',
    tags,
    summary: 'A quiz with its questions, correct answers and access code, for its author.',
  })
    .input(byQuiz)
    .output(editedQuiz),
  duplicateQuiz: operation({
    method: 'POST',
    path: '/assessment/quizzes/{quizId}/duplicate',
    access: 'course.author',
    tags,
    successStatus: 201,
    summary: 'Copy a quiz with its settings and questions; the copy has no attempts.',
  })
    .input(byQuiz.extend({ title: line(300).optional() }))
    .output(authoredQuiz),
  saveQuiz: operation({
    method: 'PUT',
    path: '/assessment/quizzes/{quizId}',
    access: 'course.author',
    tags,
    summary:
      'Replace the settings and questions of a quiz. Questions keep their id when it is given; attempts keep the versions they were taken on. The kind, dates, late policy, counted attempt, access code, results shown, release of answers and order of answers stay as they are where they are not given.',
  })
    .input(
      z.object({
        quizId: id,
        ...settings,
        ...keptSettings,
        questions: z.array(questionInput).max(limits.questionsOfQuiz),
        passages: passagesInput,
        sections: sectionsInput,
      }),
    )
    .output(authoredQuiz),
  deleteQuiz: operation({
    method: 'DELETE',
    path: '/assessment/quizzes/{quizId}',
    access: 'course.author',
    tags,
    summary: 'Delete a quiz that has no attempts.',
  })
    .input(byQuiz)
    .output(z.object({ ok: z.literal(true) })),
  holdQuizzes: operation({
    method: 'POST',
    path: '/assessment/courses/{courseId}/held-quizzes',
    access: 'internal',
    tags,
    summary:
      'Keep quizzes of a course from being emptied or deleted for a minute, while a lesson that shows them is published. Answers with those that exist.',
  })
    .input(z.object({ courseId: id, quizIds: z.array(id).max(1000) }))
    .output(z.object({ items: z.array(z.object({ quizId: id, questionCount: z.number().int() })) })),
  findFileUses: operation({
    method: 'POST',
    path: '/assessment/courses/{courseId}/file-uses',
    access: 'internal',
    tags,
    summary: 'The quizzes of a course that show one of the files.',
  })
    .input(z.object({ courseId: id, fileIds: z.array(id).max(200) }))
    .output(z.object({ items: z.array(z.object({ fileId: id, quizId: id, quizTitle: z.string() })) })),
}
