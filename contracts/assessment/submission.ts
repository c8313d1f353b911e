import { z } from 'zod'
import { limits } from '../limits.ts'
import { operation } from '../operation.ts'
import { id, pageOf, paging, percent, time } from '../wire.ts'
import { confidence, confidenceMode, judgement } from './confidence.ts'
import { openHints } from './hints.ts'
import { shownPassages } from './passage.ts'
import { gradedQuestion, openQuestion, quizKind } from './question.ts'
import { accessCode, answersHeld, quiz, resultsShown } from './quiz.ts'
import { currentSection, sectionsToCome, takenSections } from './section.ts'
import { integrityLogDays, lateness, layout } from './taking.ts'
import { variant } from './variants.ts'

/** Attempts at quizzes and surveys, and what came of them. */

/** Answers by the id of what they answer, a question or a gap of one: ids, pairs of ids, or text (decision 0038). The service holds all but essays to `limits.shortTextLength`. */
const answers = z.record(id, z.array(z.string().max(limits.essayLength)).max(limits.partsOfQuestion))

/** Open, or over: `graded` also where the result is not shown, while it awaits marking, and of a survey. */
const state = z.enum(['in_progress', 'graded'])

const submissionSummary = z.object({
  id,
  attemptNumber: z.number().int(),
  state,
  scorePercent: z.number().nullable(),
  passed: z.boolean().nullable(),
  awaitsMarking: z.boolean(),
  startedAt: time,
  submittedAt: time.nullable(),
  /** Whether it was submitted after the due date. */
  late: z.boolean(),
})

const submission = z.object({
  id,
  quizId: id,
  courseId: id,
  kind: quizKind,
  title: z.string(),
  passingScore: percent,
  /** What is shown now: the score alone while the answers are held. */
  resultsShown,
  answersHeld,
  attemptNumber: z.number().int(),
  state,
  awaitsMarking: z.boolean(),
  startedAt: time,
  /** When the time limit ends or the quiz closes, whichever is first; answers that arrive later are graded as they were saved before it. */
  expiresAt: time.nullable(),
  /** The server's clock, so that a device with a wrong one still counts down rightly. */
  now: time,
  submittedAt: time.nullable(),
  /** Whether what happens during the attempt is noted. */
  integrityLog: z.boolean(),
  /** The breaks that stop the clock; null where there are none. */
  breaks: z
    .object({
      count: z.number().int(),
      secondsLeft: z.number().int(),
      /** When the break ends that is running now, unless its learner ends it before; null without one. */
      until: time.nullable(),
    })
    .nullable(),
  answers,
  flagged: z.array(id),
  confidenceMode: confidenceMode.optional(),
  confidence: confidence.optional(),
  calculator: z.boolean(),
  /** Empty for none, and once the attempt is over. */
  formulaSheet: z.string(),
  /** Nothing counts, and single questions can be checked. */
  practice: z.boolean(),
  /** As it was when the attempt began. */
  layout,
  questionCount: z.number().int(),
  /** How many questions were left for good; 0 where there is a way back. */
  position: z.number().int(),
  /** Of an open attempt with sections those of the one that is asked; without a way back the one that is asked now, with those under the same text, and no other. */
  questions: z.array(openQuestion),
  passages: shownPassages,
  sections: takenSections,
  currentSection,
  result: z
    .object({
      score: z.number(),
      maxScore: z.number(),
      scorePercent: z.number(),
      passed: z.boolean(),
      late: lateness.nullable(),
      judgement: judgement
        .optional()
        .meta({ description: 'How well you judged yourself; empty where the score alone is shown.' }),
      /** Empty where the score alone is shown. */
      questions: z.array(gradedQuestion),
    })
    .nullable(),
})

const quizOverview = quiz.extend({
  /** Not open yet, by the server's clock; never for who teaches the course. */
  locked: z.boolean(),
  /** Closed, by the server's clock; never for who teaches the course. */
  closed: z.boolean(),
  /** Whether starting asks for the access code: not of who teaches the course. */
  asksAccessCode: z.boolean(),
  /** Whether the time, the attempts or the dates told here are your own. */
  accommodated: z.boolean(),
  sections: sectionsToCome,
  answersHeld,
  now: time,
  attempts: z.array(submissionSummary),
  attemptsLeft: z.number().int().nullable(),
  bestScorePercent: z.number().nullable(),
  /** The score of the attempt that counts, or of all of them. */
  countedScorePercent: z.number().nullable(),
  passed: z.boolean(),
})

/** How long something waited on the device, as after a lost line: at most a year. */
const seconds = z.number().int().min(0).max(31_536_000)

const tags: [string] = ['assessment']
/** `number` counts the breaks of an attempt from 1, so that a call that is repeated late touches no later break. */
const byBreak = z.object({
  submissionId: id,
  number: z.number().int().min(1).max(limits.breaksOfAttempt),
})
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
    .input(
      byQuiz.extend({
        answers: answers.optional(),
        confidence: confidence.optional(),
        hints: z
          .record(id, z.number().int().min(0).max(limits.hintsOfQuestion))
          .optional()
          .meta({
            description: 'How many hints of each question to show, by its id.',
            examples: [{ '01890a5d-ac96-774b-bcce-b302099a8057': 1 }],
          }),
        variant: variant.optional().meta({
          description: 'The number of a variant; without it the quiz as its author sees it at first.',
          examples: [1],
        }),
      }),
    )
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
    .input(
      byQuiz.extend({
        accessCode: accessCode.optional(),
        logDaysTold: integrityLogDays
          .nullable()
          .optional()
          .meta({
            description:
              'For how many days the learner was told that a log of the attempt is kept; null where they were told of none. A quiz that keeps a log starts no attempt without it, and keeps no entry longer.',
            examples: [90],
          }),
      }),
    )
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
    summary:
      'Save answers and flags of an open attempt; questions not named keep theirs. The answer says when the attempt ends, as that may have moved.',
  })
    .input(
      z.object({
        submissionId: id,
        answers,
        flags: z.record(id, z.boolean()).default({}),
        flagsWaitedSeconds: z
          .record(id, seconds)
          .optional()
          .meta({
            description:
              'How many seconds ago each of these flags was changed, by the id of its question. A later change from another device stays.',
            examples: [{ '01890a5d-ac96-774b-bcce-b302099a8057': 40 }],
          }),
        confidence: confidence.optional(),
        waitedSeconds: seconds.optional(),
      }),
    )
    .output(z.object({ savedAt: time, expiresAt: time.nullable(), currentSection })),
  nextQuestion: operation({
    method: 'POST',
    path: '/assessment/submissions/{submissionId}/next',
    access: 'member',
    tags,
    summary:
      'Leave a question for good and get the next one, in an attempt without a way back. A question that was left already stays left, and its answer stays as it is; repeating the call returns the question that is asked now.',
  })
    .input(
      z.object({
        submissionId: id,
        position: z.number().int().min(0).max(limits.questionsOfQuiz),
        answers: answers.optional(),
        confidence: confidence.optional(),
        waitedSeconds: seconds.optional(),
      }),
    )
    .output(submission),
  nextSection: operation({
    method: 'POST',
    path: '/assessment/submissions/{submissionId}/sections',
    access: 'member',
    tags,
    summary:
      'Continue to the next section of an attempt before the time of this one ends, and get its questions. There is no way back, and time that is left is not carried over. A section whose time ends is left without a call. Repeating the call changes nothing, and returns the section that is asked now.',
  })
    .input(
      z.object({
        submissionId: id,
        number: z
          .number()
          .int()
          .min(2)
          .max(limits.sectionsOfQuiz)
          .meta({
            description: 'The number of the section to go to, counted from 1.',
            examples: [2],
          }),
        answers: answers.optional(),
        confidence: confidence.optional(),
        waitedSeconds: seconds.optional(),
      }),
    )
    .output(submission),
  startBreak: operation({
    method: 'POST',
    path: '/assessment/submissions/{submissionId}/breaks',
    access: 'member',
    tags,
    summary:
      'Take a break that stops the clock, in an attempt with a time limit and minutes of breaks left. It ends when they are used up, or before by `endBreak`. Meanwhile no question is shown and no answer taken, and the closing date of the quiz does not move. Repeating the call returns the same break.',
  })
    .input(byBreak)
    .output(submission),
  endBreak: operation({
    method: 'POST',
    path: '/assessment/submissions/{submissionId}/breaks/end',
    access: 'member',
    tags,
    summary:
      'End a break: the clock runs again, and the questions are shown. Repeating the call changes nothing.',
  })
    .input(byBreak)
    .output(submission),
  checkAnswer: operation({
    method: 'POST',
    path: '/assessment/submissions/{submissionId}/check',
    access: 'member',
    reads: true,
    tags,
    summary:
      'See whether answers to one question are right, in an open attempt at a quiz for practice. Nothing of it is recorded.',
  })
    .input(z.object({ submissionId: id, questionId: id, answers }))
    .output(gradedQuestion),
  takeHint: operation({
    method: 'POST',
    path: '/assessment/submissions/{submissionId}/hints',
    access: 'member',
    tags,
    summary:
      'Take the next hint of a question in an open attempt. It takes its cost from the points of the question, except in a quiz for practice. Naming one that was taken already costs nothing more and returns the same.',
  })
    .input(
      z.object({
        submissionId: id,
        questionId: id,
        number: z
          .number()
          .int()
          .min(1)
          .max(limits.hintsOfQuestion)
          .meta({ description: 'Which hint it is, from 1; the first comes first.', examples: [1] }),
      }),
    )
    .output(openHints),
  submit: operation({
    method: 'POST',
    path: '/assessment/submissions/{submissionId}/submit',
    access: 'member',
    tags,
    summary:
      'Submit an attempt. The answer is the graded result, as far as it is shown; repeating the call returns the same. With `timeUp` it ends only if its time is up by the service’s clock; else the answers are saved, and the answer is the open attempt with its true end.',
  })
    .input(
      z.object({
        submissionId: id,
        answers: answers.optional(),
        confidence: confidence.optional(),
        waitedSeconds: seconds.optional(),
        timeUp: z
          .boolean()
          .optional()
          .meta({
            description:
              'Whether it is submitted by a device because its time is up, and not by its learner.',
            examples: [true],
          }),
      }),
    )
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
