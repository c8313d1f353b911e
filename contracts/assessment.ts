import { z } from 'zod'
import { limits } from './limits.ts'
import { operation } from './operation.ts'
import { operationsOf } from './operations.ts'
import { html, id, line, pageOf, paging, percent, time } from './wire.ts'

export const questionType = z.enum(['single_choice', 'multiple_choice', 'true_false'])

/** A question as a learner sees it while answering: nothing in it tells the correct option. */
export const openQuestion = z.object({
  id,
  type: questionType,
  content: z.string(),
  points: z.number(),
  options: z.array(z.object({ id: z.string(), content: z.string() })),
})

/** A question as its author sees it. `feedback` is shown after grading. */
export const question = z.object({
  id,
  type: questionType,
  content: z.string(),
  points: z.number(),
  options: z.array(
    z.object({ id: z.string(), content: z.string(), correct: z.boolean(), feedback: z.string().nullable() }),
  ),
  feedback: z.object({
    general: z.string().nullable(),
    correct: z.string().nullable(),
    incorrect: z.string().nullable(),
  }),
})

/** A question as it may be stored, however it arrives. */
export const questionShape = z.object({
  id: id.optional(),
  type: questionType,
  /** May be empty: the options can say it all. */
  content: html,
  points: z.number().min(0).max(limits.pointsOfQuestion).default(1),
  options: z
    .array(
      z.object({
        id: z.string().max(40).optional(),
        content: html,
        correct: z.boolean(),
        feedback: html.nullable().default(null),
      }),
    )
    .max(limits.optionsOfQuestion),
  feedback: z
    .object({
      general: html.nullable().default(null),
      correct: html.nullable().default(null),
      incorrect: html.nullable().default(null),
    })
    .default({ general: null, correct: null, incorrect: null }),
})

export const questionInput = questionShape.superRefine((value, context) => {
  const message = faultOfOptions(value)
  if (message) context.addIssue({ code: 'custom', path: ['options'], message })
})

/**
 * What is wrong with the options of a question, or null. Rows that nobody filled in are not counted: an editor offers
 * more rows than most questions need.
 */
export function faultOfOptions(value: {
  type: z.infer<typeof questionType>
  options: { content: string; correct: boolean; feedback: string | null }[]
}): string | null {
  const used = value.options.filter(option => option.content.trim() !== '')
  if (value.options.some(option => option.content.trim() === '' && option.feedback))
    return 'Write the answer that the feedback is for.'
  if (used.length < 2) return 'Write at least two answers.'
  const right = used.filter(option => option.correct).length
  if (value.type === 'multiple_choice') return right < 1 ? 'Mark at least one option as correct.' : null
  return right === 1 ? null : 'Mark exactly one option as correct.'
}

const settings = {
  title: line(300),
  description: html.default(''),
  passingScore: percent.default(60),
  timeLimitMinutes: z.number().int().min(1).max(limits.timeLimitMinutes).nullable().default(null),
  maxAttempts: z.number().int().min(1).max(limits.attempts).nullable().default(null),
  shuffle: z.boolean().default(false),
}

export const quiz = z.object({
  id,
  courseId: id,
  title: z.string(),
  description: z.string(),
  passingScore: percent,
  timeLimitMinutes: z.number().nullable(),
  maxAttempts: z.number().nullable(),
  shuffle: z.boolean(),
  bank: z.boolean(),
  questionCount: z.number().int(),
  createdAt: time,
})

export const authoredQuiz = quiz.extend({
  questions: z.array(question.extend({ version: z.number().int() })),
  attempted: z.boolean(),
  attemptCount: z.number().int(),
  /** Attempts taken before the latest change of the questions; they keep the versions that they were taken on. */
  earlierAttemptCount: z.number().int(),
})

/** Answers by question id: the ids of the options chosen. */
export const answers = z.record(id, z.array(z.string().max(40)).max(limits.optionsOfQuestion))

export const submissionSummary = z.object({
  id,
  attemptNumber: z.number().int(),
  state: z.enum(['in_progress', 'graded']),
  scorePercent: z.number().nullable(),
  passed: z.boolean().nullable(),
  startedAt: time,
  submittedAt: time.nullable(),
})

/** One graded question: what was chosen, what was right, and why. */
export const gradedQuestion = openQuestion.extend({
  chosen: z.array(z.string()),
  correct: z.array(z.string()),
  awarded: z.number(),
  feedback: z.array(z.string()),
})

export const submission = z.object({
  id,
  quizId: id,
  courseId: id,
  title: z.string(),
  passingScore: percent,
  attemptNumber: z.number().int(),
  state: z.enum(['in_progress', 'graded']),
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
      questions: z.array(gradedQuestion),
    })
    .nullable(),
})

export const quizOverview = quiz.extend({
  attempts: z.array(submissionSummary),
  attemptsLeft: z.number().int().nullable(),
  bestScorePercent: z.number().nullable(),
  passed: z.boolean(),
})

const tags: [string] = ['assessment']
const byQuiz = z.object({ quizId: id })

export const assessmentContract = {
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
    summary: 'Start an attempt, or continue the one that is open.',
  })
    .input(byQuiz)
    .output(submission),
  getSubmission: operation({
    method: 'GET',
    path: '/assessment/submissions/{submissionId}',
    access: 'member',
    tags,
    summary: 'An attempt: its questions and saved answers, and the result once graded.',
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
      'Submit an attempt. The answer is the graded result; repeating the call returns the same result.',
  })
    .input(z.object({ submissionId: id, answers: answers.optional() }))
    .output(submission),
  listQuizzes: operation({
    method: 'GET',
    path: '/assessment/quizzes',
    access: 'course.author',
    tags,
    summary: 'The quizzes and question banks of a course that you teach.',
  })
    .input(z.object({ courseId: id }))
    .output(z.object({ items: z.array(quiz) })),
  createQuiz: operation({
    method: 'POST',
    path: '/assessment/quizzes',
    access: 'course.author',
    tags,
    successStatus: 201,
    summary: 'Create a quiz in a course that one teaches.',
  })
    .input(
      z.object({
        courseId: id,
        ...settings,
        questions: z.array(questionInput).max(limits.questionsOfQuiz).default([]),
      }),
    )
    .output(authoredQuiz),
  editQuiz: operation({
    method: 'GET',
    path: '/assessment/quizzes/{quizId}/edit',
    access: 'course.author',
    tags,
    summary: 'A quiz with its questions and correct answers, for its author.',
  })
    .input(byQuiz)
    .output(authoredQuiz),
  duplicateQuiz: operation({
    method: 'POST',
    path: '/assessment/quizzes/{quizId}/duplicate',
    access: 'course.author',
    tags,
    successStatus: 201,
    summary: 'Copy a quiz with its questions; the copy has no attempts.',
  })
    .input(byQuiz.extend({ title: line(300).optional() }))
    .output(authoredQuiz),
  saveQuiz: operation({
    method: 'PUT',
    path: '/assessment/quizzes/{quizId}',
    access: 'course.author',
    tags,
    summary:
      'Replace the settings and questions of a quiz. Questions keep their id when it is given; attempts keep the versions they were taken on.',
  })
    .input(
      z.object({ quizId: id, ...settings, questions: z.array(questionInput).max(limits.questionsOfQuiz) }),
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
  listSubmissions: operation({
    method: 'GET',
    path: '/assessment/quizzes/{quizId}/submissions',
    access: 'course.author',
    tags,
    summary: 'The attempts at a quiz of a course that you teach, newest first.',
  })
    .input(z.object({ quizId: id, ...paging }))
    .output(pageOf(submissionSummary.extend({ userId: id }))),
  ...operationsOf('assessment'),
}
