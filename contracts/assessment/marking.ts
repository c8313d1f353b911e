import { z } from 'zod'
import { limits } from '../limits.ts'
import { operation } from '../operation.ts'
import { growing, id, time } from '../wire.ts'
import { annotations, writtenAnnotations } from './annotation.ts'
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

/** How more than one person marks (decision 0054). What a change leaves out stays as it is. */
const marking = {
  markers: z.enum(['one', 'two', 'moderated']).meta({
    description:
      'Who marks: one person; two who do not see each other’s marks; or one whose marks are moderated in a sample of attempts.',
  }),
  tolerance: z
    .number()
    .min(0)
    .max(limits.pointsOfQuestion)
    .meta({
      description: 'How far apart two marks may lie so that their mean counts; else a moderator decides.',
      examples: [10],
    }),
  toleranceUnit: z
    .enum(['points', 'percent'])
    .meta({ description: 'Whether the tolerance is in points or in percent of the points of the question.' }),
  samplePercent: z
    .number()
    .int()
    .min(1)
    .max(100)
    .meta({
      description:
        'The share of attempts that is moderated. The highest, the lowest and those just at the pass mark always are.',
      examples: [10],
    }),
  markersDecide: z.boolean().meta({
    description: 'Whether a person who gave a mark may decide as well, because there is no third person.',
  }),
}
const someOf = z.object(marking).partial().shape

/** Which mark of an answer it is, where more than one person marks. */
const place = z.enum(['first', 'second', 'decision'])
const decided = z
  .boolean()
  .meta({ description: 'Whether the mark that counts is there; it waits for the others, or for release.' })

/** `marked` ones wait for the others of their attempt, or for all to be released. */
const markState = z.enum(['waiting', 'draft', 'marked'])

const quizToMark = z.object({
  quizId: id,
  title: z.string(),
  ...settings,
  waitingCount: z.number().int(),
  markedCount: z.number().int(),
  readyCount: z.number().int(),
  ...marking,
  decideCount: z
    .number()
    .int()
    .meta({ description: 'How many answers wait for a moderator.', examples: [3] }),
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
  place: place.nullable().meta({
    description:
      'Which mark you give: the first or the second of two, or the decision of a moderator; null where one person marks.',
  }),
  decided,
})

const levels = z
  .record(partId, partId)
  .refine(chosen => Object.keys(chosen).length <= limits.criteriaOfRubric)
const comment = z.string().trim().max(limits.markCommentLength)

const answerToMark = answerInList.extend({
  quizId: id,
  courseId: id,
  content: z.string(),
  passage: z
    .string()
    .nullable()
    .optional()
    .meta({
      description: 'The text that the question is about, with others, as HTML; null for none.',
      examples: ['<p>The Rhine rises in the Alps.</p>'],
    }),
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
  annotations,
  reason: z.string().meta({
    description: 'Why a moderator decides so, as far as it goes.',
    examples: ['The second reading is right.'],
  }),
  mayMark: z.boolean().meta({
    description:
      'Whether there is a mark for you to give: who gave one of two marks does not decide between them.',
  }),
  given: z
    .array(
      z.object({
        place: place.meta({ description: 'Which mark it is.' }),
        levels: z.record(z.string(), z.string()),
        awarded: z.number(),
        comment: z.string(),
        annotations,
        reason: z
          .string()
          .meta({ description: 'Why a moderator decided so.', examples: ['The second reading is right.'] }),
        byYou: z.boolean().meta({ description: 'Whether you gave it.' }),
        markedAt: time.meta({ description: 'When it was given.' }),
      }),
    )
    .meta({
      description: 'The marks that are in, for who compares them. Two markers see none before both are in.',
    }),
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
    .input(
      byQuiz.extend({
        groupId: id.optional().meta({
          description: 'The group whose answers are listed; all without it. Not where names are hidden.',
        }),
      }),
    )
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
        annotations: writtenAnnotations.optional(),
        reason: z
          .string()
          .trim()
          .max(limits.overrideReasonLength)
          .default('')
          .meta({
            description:
              'Why a moderator decides so, for the record; asked for unless they leave the only mark as it is.',
            examples: ['The second reading is right.'],
          }),
        done: z.boolean(),
      }),
    )
    .output(z.object({ revision: z.number().int(), state: markState, graded: z.boolean(), decided })),
  markGroup: operation({
    method: 'POST',
    path: '/assessment/marking/{answerId}/group',
    access: 'course.author',
    tags,
    summary:
      'Give one mark to the answers of a whole group to the question of an answer, all at once, or say whose they are. Each answer keeps a mark of its own. Refused where names are hidden, and where an answer is no longer as the preview said.',
  })
    .input(
      z.object({
        answerId: id,
        groupId: id.meta({ description: 'The group whose answers get the mark.' }),
        apply: z.boolean().meta({ description: 'Whether to do it; false to look first.' }),
        answers: z
          .array(
            z.object({
              answerId: id.meta({ description: 'Identifies the answer.' }),
              revision: z
                .number()
                .int()
                .min(0)
                .meta({ description: 'Its revision, as the preview said.', examples: [1] }),
            }),
          )
          .max(limits.learnersOfChange)
          .default([])
          .meta({ description: 'The answers of the preview that get the mark.' }),
        levels: levels.default({}),
        awarded: z.number().min(0).max(limits.pointsOfQuestion).nullable().default(null),
        comment: comment.default(''),
      }),
    )
    .output(
      z.object({
        applied: z.boolean().meta({ description: 'Whether it was done.' }),
        items: z
          .array(
            z.object({
              userId: id.meta({ description: 'Identifies the learner.' }),
              answerId: id.nullable().meta({ description: 'Identifies the answer; null for none.' }),
              revision: z
                .number()
                .int()
                .nullable()
                .meta({
                  description: 'The revision of its mark before; null where there is nothing to mark.',
                  examples: [1],
                }),
              outcome: z
                .enum(['marks', 'replaces', 'no_answer', 'released', 'to_decide', 'other_question'])
                .meta({
                  ...growing,
                  description:
                    'Whether the answer gets the mark or has a mark or a draft replaced, or why it is left out: it was not answered, its mark is released, a moderator decides, or the learner had another version of the question.',
                  examples: ['marks'],
                }),
            }),
          )
          .meta({ description: 'The learners of the group.' }),
      }),
    ),
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
      'Set how the answers of a quiz are marked: whether names are hidden from who marks, whether marks are released with the last one of each attempt or together, and how many people mark. Marks that are not released become the first of two, or the only one; what waits for a moderator continues to wait.',
  })
    .input(byQuiz.extend(settings).extend(someOf))
    .output(z.object({ ...settings, ...marking })),
  drawSample: operation({
    method: 'POST',
    path: '/assessment/quizzes/{quizId}/marking/sample',
    access: 'course.author',
    tags,
    summary:
      'Draw the sample of attempts that is moderated, from those whose marks are all in. The marks of the others count.',
  })
    .input(byQuiz)
    .output(
      z.object({
        attemptCount: z
          .number()
          .int()
          .meta({ description: 'How many attempts it was drawn from.', examples: [40] }),
        sampledCount: z
          .number()
          .int()
          .meta({ description: 'How many of them are moderated.', examples: [6] }),
      }),
    ),
}
