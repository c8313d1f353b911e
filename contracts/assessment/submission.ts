import { z } from 'zod'
import { limits } from '../limits.ts'
import { operation } from '../operation.ts'
import { id, pageOf, paging, percent, time } from '../wire.ts'
import { openQuestion, quizKind } from './question.ts'
import { accessCode, quiz, resultsShown } from './quiz.ts'

/** Attempts at quizzes and surveys, and what came of them. */

/** Answers by question id: the ids of the options chosen. */
const answers = z.record(id, z.array(z.string().max(40)).max(limits.optionsOfQuestion))

/** Open, or over: `graded` also where the result is not shown, and of a survey, which has none. */
const state = z.enum(['in_progress', 'graded'])

const submissionSummary = z.object({
  id,
  attemptNumber: z.number().int(),
  state,
  scorePercent: z.number().nullable(),
  passed: z.boolean().nullable(),
  startedAt: time,
  submittedAt: time.nullable(),
})

/** One graded question: what was chosen, what was right, and why. */
const gradedQuestion = openQuestion.extend({
  chosen: z.array(z.string()),
  correct: z.array(z.string()),
  awarded: z.number(),
  feedback: z.array(z.string()),
})

const submission = z.object({
  id,
  quizId: id,
  courseId: id,
  kind: quizKind,
  title: z.string(),
  passingScore: percent,
  resultsShown,
  attemptNumber: z.number().int(),
  state,
  startedAt: time,
  /** When the time limit ends; answers that arrive later are graded as they were saved before it. */
  expiresAt: time.nullable(),
  /** The server's clock, so that a device with a wrong one still counts down rightly. */
  now: time,
  submittedAt: time.nullable(),
  answers,
  questions: z.array(openQuestion),
  result: z
    .object({
      score: z.number(),
      maxScore: z.number(),
      scorePercent: z.number(),
      passed: z.boolean(),
      /** Empty where the score alone is shown. */
      questions: z.array(gradedQuestion),
    })
    .nullable(),
})

const quizOverview = quiz.extend({
  /** Not open yet, by the server's clock; never for who teaches the course. */
  locked: z.boolean(),
  /** Whether starting asks for the access code: not of who teaches the course. */
  asksAccessCode: z.boolean(),
  now: time,
  attempts: z.array(submissionSummary),
  attemptsLeft: z.number().int().nullable(),
  bestScorePercent: z.number().nullable(),
  passed: z.boolean(),
})

const tags: [string] = ['assessment']
const byQuiz = z.object({ quizId: id })

export const submissionOperations = {
  getQuiz: operation({
    method: 'GET',
    path: '/assessment/quizzes/{quizId}',
    access: 'member',
    tags,
    summary: 'A quiz before it is started, with your attempts.',
  })
    .input(byQuiz)
    .output(quizOverview),
  previewQuiz: operation({
    method: 'POST',
    path: '/assessment/quizzes/{quizId}/preview',
    access: 'course.author',
    reads: true,
    tags,
    summary:
      'An attempt as a learner would see it, for the author; with answers, graded. Nothing of it is recorded.',
  })
    .input(byQuiz.extend({ answers: answers.optional() }))
    .output(submission),
  startSubmission: operation({
    method: 'POST',
    path: '/assessment/quizzes/{quizId}/submissions',
    access: 'member',
    tags,
    successStatus: 201,
    summary:
      'Start an attempt, or continue the one that is open. A quiz with an access code asks for it; ten wrong ones close it to the learner for a quarter of an hour.',
  })
    .input(byQuiz.extend({ accessCode: accessCode.optional() }))
    .output(submission),
  getSubmission: operation({
    method: 'GET',
    path: '/assessment/submissions/{submissionId}',
    access: 'member',
    tags,
    summary:
      'An attempt: its questions and saved answers, and once graded as much of the result as is shown.',
  })
    .input(z.object({ submissionId: id }))
    .output(submission),
  saveAnswers: operation({
    method: 'PATCH',
    path: '/assessment/submissions/{submissionId}/answers',
    access: 'member',
    tags,
    summary: 'Save answers of an open attempt; questions not named keep theirs.',
  })
    .input(z.object({ submissionId: id, answers }))
    .output(z.object({ savedAt: time })),
  submit: operation({
    method: 'POST',
    path: '/assessment/submissions/{submissionId}/submit',
    access: 'member',
    tags,
    summary:
      'Submit an attempt. The answer is the graded result, as far as it is shown; repeating the call returns the same.',
  })
    .input(z.object({ submissionId: id, answers: answers.optional() }))
    .output(submission),
  listSubmissions: operation({
    method: 'GET',
    path: '/assessment/quizzes/{quizId}/submissions',
    access: 'course.author',
    tags,
    summary: 'The attempts at a quiz of a course that you teach, newest first.',
  })
    .input(z.object({ quizId: id, ...paging }))
    .output(pageOf(submissionSummary.extend({ userId: id }))),
}
