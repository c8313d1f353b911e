import { z } from 'zod'
import { limits } from '../limits.ts'
import { operation } from '../operation.ts'
import { growing, id, line, pageOf, paging, time } from '../wire.ts'
import { assessmentFailures } from './failures.ts'
import { countedAttempt } from './taking.ts'

/**
 * The grades of a course: what they are made of, what was entered by hand, and how each course grade comes about. The
 * rules are in `gradebook/course-grade.ts`, which a page uses as well.
 */

/** A decimal as a person writes it. More digits than these mean nothing in a grade, and cost time to count with. */
const decimal = (most: number) =>
  z
    .number()
    .min(0)
    .max(most)
    .refine(value => /^\d+(\.\d{1,4})?$/.test(String(value)), assessmentFailures.fields.too_many_decimals)

const points = decimal(limits.pointsOfQuestion).refine(
  value => value > 0,
  assessmentFailures.fields.points_of_nothing,
)
const calculation = z.enum(['points', 'weights'])
const missing = z.enum(['skip', 'zero'])

const category = z.object({
  id,
  name: line(100),
  /** In percent; those of a course are taken in their proportion, whatever they add up to. */
  weight: decimal(1000),
  dropLowest: z.number().int().min(0).max(50),
  dropHighest: z.number().int().min(0).max(50),
  extraCredit: z.boolean(),
})

/** A quiz of the course, or with no `quizId` a column that is filled in by hand. */
const item = z.object({
  id,
  quizId: id.nullable(),
  title: line(300),
  categoryId: id,
  points,
  extraCredit: z.boolean(),
  hidden: z.boolean(),
})

const rules = {
  calculation,
  missing,
  decimals: z.number().int().min(0).max(2),
  courseGradeShown: z.boolean(),
  scale: z.array(z.object({ letter: line(20), from: decimal(100) })).max(20),
}

export const gradebookSetup = z.object({
  ...rules,
  categories: z.array(category).min(1).max(limits.gradebookCategories),
  items: z.array(item).max(limits.gradebookItems),
})

const shownItem = item.extend({
  title: z.string(),
  countedAttempt,
  due: z.boolean(),
  scoreShown: z.boolean(),
})

const gradebook = gradebookSetup.extend({
  courseId: id,
  courseTitle: z.string(),
  setupRevision: z.number().int(),
  revision: z.number().int(),
  items: z.array(shownItem),
  otherQuizzes: z.array(z.object({ id, title: z.string(), points: z.number() })),
})

const gradeRow = z.object({
  userId: id,
  scores: z.array(z.number().nullable()),
  entries: z.array(
    z.object({ itemId: id, excused: z.boolean(), byHand: z.boolean(), comment: z.string().nullable() }),
  ),
  percent: z.number().nullable(),
  letter: z.string().nullable(),
  calculatedPercent: z.number().nullable(),
  overridden: z.boolean(),
})

const outcome = z.enum([
  'counted',
  'extra',
  'dropped_lowest',
  'dropped_highest',
  'excused',
  'missing',
  'none',
])

const explainedItem = shownItem.omit({ hidden: true, scoreShown: true }).extend({
  score: z.number().nullable(),
  /** What was entered by hand; it counts in place of attempts. */
  enteredScore: z.number().nullable(),
  attempts: z.array(z.object({ score: z.number(), maxScore: z.number() })),
  excused: z.boolean(),
  comment: z.string().nullable(),
  outcome,
  adds: z.number(),
})

const explanation = z.object({
  courseId: id,
  courseTitle: z.string(),
  ...rules,
  percent: z.number().nullable(),
  letter: z.string().nullable(),
  calculatedPercent: z.number().nullable(),
  overridden: z.boolean(),
  categories: z.array(
    category.extend({
      name: z.string(),
      percent: z.number().nullable(),
      share: z.number(),
      items: z.array(explainedItem),
    }),
  ),
})

const entryState = z.object({
  score: z.number().nullable(),
  excused: z.boolean(),
  comment: z.string().nullable(),
})

const change = z.object({
  id,
  itemId: id.nullable(),
  before: entryState,
  after: entryState,
  reason: z.string().nullable(),
  changedBy: id,
  changedAt: time,
})

/** A cell of an import: a score, an excuse, or null to leave it as it is. */
const importedCell = z.union([decimal(limits.gradebookScore), z.literal('excused')]).nullable()

const tags: [string] = ['assessment']
const byCourse = z.object({ courseId: id })
const byLearner = byCourse.extend({ userId: id })

export const gradebookOperations = {
  getGradebook: operation({
    method: 'GET',
    path: '/assessment/courses/{courseId}/gradebook',
    access: 'course.author',
    tags,
    summary:
      'What the grades of a course that you teach are made of: categories, items and rules. Until it is saved for the first time, each quiz counts by its points.',
  })
    .input(byCourse)
    .output(gradebook),
  saveGradebook: operation({
    method: 'PUT',
    path: '/assessment/courses/{courseId}/gradebook',
    access: 'course.author',
    tags,
    summary:
      'Replace the categories, items and rules of a gradebook. Refused as a conflict when it was saved since you read it. The grades of an item that is left out stay stored, and count again if it comes back.',
  })
    .input(gradebookSetup.extend({ courseId: id, setupRevision: z.number().int() }))
    .output(gradebook),
  readGrades: operation({
    method: 'POST',
    path: '/assessment/courses/{courseId}/gradebook/grades',
    access: 'course.author',
    reads: true,
    tags,
    summary:
      'The grades of the learners of a course, in pages or for the learners that you name. Scores are in the order of the gradebook’s items, in points of the item.',
  })
    .input(
      byCourse.extend({
        ...paging,
        userIds: z.array(id).max(100).optional(),
        groupId: id.optional().meta({ description: 'The group whose learners are wanted, in pages.' }),
      }),
    )
    .output(pageOf(gradeRow)),
  getGrade: operation({
    method: 'GET',
    path: '/assessment/courses/{courseId}/gradebook/learners/{userId}',
    access: 'course.author',
    tags,
    summary:
      'How the course grade of one learner comes about: what counts how much, what was dropped or excused, and who changed which grade when and why.',
  })
    .input(byLearner)
    .output(
      explanation.extend({ userId: id, overrideReason: z.string().nullable(), history: z.array(change) }),
    ),
  setGrade: operation({
    method: 'PUT',
    path: '/assessment/courses/{courseId}/gradebook/learners/{userId}/grade',
    access: 'course.author',
    tags,
    summary:
      'Enter a grade by hand, excuse it, or comment on it. What you leave out stays as it is; null removes what was entered. A null item is the course grade itself, in percent. To replace the score of a quiz or the course grade takes a reason.',
  })
    .input(
      byLearner.extend({
        itemId: id.nullable(),
        score: decimal(limits.gradebookScore).nullable().optional(),
        excused: z.boolean().optional(),
        comment: z.string().trim().max(2000).nullable().optional(),
        reason: line(500).nullable().optional(),
      }),
    )
    .output(gradeRow),
  importGrades: operation({
    method: 'POST',
    path: '/assessment/courses/{courseId}/gradebook/import',
    access: 'course.author',
    tags,
    summary:
      'Enter many grades at once, into items that are graded by hand. Without `apply` nothing is written: the answer tells what would change and what is not understood. To apply, send the revision of that answer; a gradebook that was changed since is refused as a conflict.',
  })
    .input(
      byCourse.extend({
        apply: z.boolean(),
        revision: z.number().int().optional(),
        itemIds: z.array(id).max(limits.gradebookItems),
        rows: z
          .array(z.object({ userId: id, scores: z.array(importedCell).max(limits.gradebookItems) }))
          .max(2000),
      }),
    )
    .output(
      z.object({
        applied: z.boolean(),
        revision: z.number().int(),
        changeCount: z.number().int(),
        /** Of changes and problems the first thousand are named. */
        changes: z.array(z.object({ userId: id, itemId: id, before: entryState, after: entryState })),
        problems: z.array(
          z.object({
            userId: id.nullable(),
            itemId: id.nullable(),
            problem: z
              .enum([
                'learner_unknown',
                'learner_twice',
                'item_unknown',
                'item_twice',
                'item_is_quiz',
                'above_points',
              ])
              .meta(growing),
          }),
        ),
        problemCount: z.number().int(),
      }),
    ),
  getMyGrades: operation({
    method: 'GET',
    path: '/assessment/courses/{courseId}/grades/mine',
    access: 'member',
    tags,
    summary:
      'Your grades in a course that you learn in, and how the course grade comes about. What is not shown to you counts in nothing that you see.',
  })
    .input(byCourse)
    .output(explanation.extend({ complete: z.boolean() })),
}
