import { z } from 'zod'
import { limits } from '../limits.ts'
import { operation } from '../operation.ts'
import { growing, id } from '../wire.ts'
import { hintCost } from './hints.ts'
import { drawnValues } from './parameters.ts'
import { programLanguages } from './question-types/code.ts'
import { essayBody } from './question-types/essay.ts'
import { partId } from './question-types/question-type.ts'

/** Marking by people: what waits, and the marks that are given (decision 0039). */

const settings = {
  release: z.enum(['at_once', 'together']),
  anonymous: z.boolean(),
}

/** `marked` ones wait for the others of their attempt, or for all to be released. */
const markState = z.enum(['waiting', 'draft', 'marked'])

const quizToMark = z.object({
  quizId: id,
  title: z.string(),
  ...settings,
  waitingCount: z.number().int(),
  markedCount: z.number().int(),
  readyCount: z.number().int(),
})

const whose = {
  alias: z.string(),
  /** Null where names are hidden: nothing that is told then leads to the learner. */
  userId: id.nullable(),
  attemptNumber: z.number().int().nullable(),
}

const answerInList = z.object({
  id,
  questionId: id,
  ...whose,
  state: markState,
  markedByYou: z.boolean().nullable(),
})

const levels = z
  .record(partId, partId)
  .refine(chosen => Object.keys(chosen).length <= limits.criteriaOfRubric)
const comment = z.string().trim().max(limits.markCommentLength)

const answerToMark = answerInList.extend({
  quizId: id,
  courseId: id,
  content: z.string(),
  points: z.number(),
  values: drawnValues.optional(),
  body: essayBody,
  text: z.string(),
  program: z
    .object({
      language: z
        .enum(programLanguages)
        .meta({ ...growing, description: 'The language of the program.', examples: ['python'] }),
      files: z
        .array(
          z.object({
            path: z
              .string()
              .meta({ description: 'Where the file is for the program.', examples: ['main.py'] }),
            content: z.string().meta({ description: 'What the file holds.', examples: ['print(4)\n'] }),
          }),
        )
        .meta({ description: 'All files of the program, with those that learners cannot change.' }),
      notRun: z
        .enum(['programs_off', 'language_missing', 'could_not_run'])
        .nullable()
        .meta({
          ...growing,
          description: 'Why its tests were not run, so that a person marks it; null where that is not known.',
          examples: ['programs_off'],
        }),
    })
    .nullable()
    .meta({ description: 'The program that was answered; null where the answer is a text.' }),
  files: z
    .array(
      z.object({
        id: id.meta({ description: 'Identifies the file.' }),
        name: z
          .string()
          .meta({ description: 'Its name; where names are hidden, a number.', examples: ['sketch.jpg'] }),
        mediaType: z
          .string()
          .meta({ description: 'What it is, told by its content.', examples: ['image/jpeg'] }),
        size: z
          .number()
          .int()
          .meta({ description: 'How large it is, in bytes.', examples: [204_800] }),
        url: z.string().meta({
          description: 'Where it is read.',
          examples: ['/api/v1/assessment/uploads/01890a5d-ac96-774b-bcce-b302099a8057/sketch.jpg'],
        }),
      }),
    )
    .meta({ description: 'The files that were handed in; empty where the answer is something else.' }),
  hintCost: hintCost.nullable().optional().meta({
    description:
      'The hints that the learner took; what they cost is taken from the points that you give. Null for none.',
  }),
  revision: z.number().int(),
  levels: z.record(z.string(), z.string()),
  awarded: z.number().nullable(),
  comment: z.string(),
})

const tags: [string] = ['assessment']
const byQuiz = z.object({ quizId: id })

export const markingOperations = {
  listQuizzesToMark: operation({
    method: 'GET',
    path: '/assessment/courses/{courseId}/marking',
    access: 'course.author',
    tags,
    summary:
      'The quizzes of a course that you teach with answers that a person marks, those that wait first.',
  })
    .input(z.object({ courseId: id }))
    .output(z.object({ items: z.array(quizToMark) })),
  listAnswersToMark: operation({
    method: 'GET',
    path: '/assessment/quizzes/{quizId}/marking',
    access: 'course.author',
    tags,
    summary:
      'The answers of a quiz that a person marks and that are not released yet, at most 1,000, those not marked first, in an order that tells nothing of who wrote them.',
  })
    .input(byQuiz)
    .output(
      quizToMark.extend({
        courseId: id,
        questions: z.array(z.object({ id, content: z.string(), number: z.number().int().nullable() })),
        items: z.array(answerInList),
      }),
    ),
  getAnswerToMark: operation({
    method: 'GET',
    path: '/assessment/marking/{answerId}',
    access: 'course.author',
    tags,
    summary: 'An answer with what it is marked by, and its mark as far as it goes.',
  })
    .input(z.object({ answerId: id }))
    .output(answerToMark),
  saveMark: operation({
    method: 'PUT',
    path: '/assessment/marking/{answerId}',
    access: 'course.author',
    tags,
    summary:
      'Save a mark, as a draft or done. It names the revision that it was made on, and is refused where there is a newer one. With the last mark of an attempt the attempt is graded, unless the quiz releases its marks together.',
  })
    .input(
      z.object({
        answerId: id,
        revision: z.number().int().min(0),
        levels: levels.default({}),
        awarded: z.number().min(0).max(limits.pointsOfQuestion).nullable().default(null),
        comment: comment.default(''),
        done: z.boolean(),
      }),
    )
    .output(z.object({ revision: z.number().int(), state: markState, graded: z.boolean() })),
  releaseMarks: operation({
    method: 'POST',
    path: '/assessment/quizzes/{quizId}/marking/release',
    access: 'course.author',
    tags,
    summary:
      'Grade the attempts at a quiz whose answers are all marked, at most 200 in one call. One that fails holds up no other.',
  })
    .input(byQuiz)
    .output(
      z.object({
        releasedCount: z.number().int(),
        failedCount: z.number().int(),
        readyCount: z.number().int(),
      }),
    ),
  setMarking: operation({
    method: 'PUT',
    path: '/assessment/quizzes/{quizId}/marking',
    access: 'course.author',
    tags,
    summary:
      'Set how the answers of a quiz are marked: whether names are hidden from who marks, and whether marks are released with the last one of each attempt or together.',
  })
    .input(byQuiz.extend(settings))
    .output(z.object(settings)),
}
