import { z } from 'zod'
import { limits } from '../limits.ts'
import { operation } from '../operation.ts'
import { done, growing, line, pageOf, paging, percent, time, id as wireId } from '../wire.ts'

/**
 * The standards of a course: what its learners should be able to do, which questions show it, and how well each learner
 * has shown it. What was scored in one quiz is one piece of evidence (decision 0064).
 */

/** As the database tells it: some programs write ids in capitals, and ours compare them as text. */
const id = wireId.toLowerCase()

/** How pieces of evidence, oldest first, become a percentage (services/assessment/standards/level-rule.ts). */
const evidenceRule = z.enum(['latest', 'highest', 'mean', 'decaying'])

const level = z.object({
  id,
  name: line(limits.levelNameLength),
  /** In percent: a level is reached from there on. */
  from: percent,
})

const standard = z.object({
  id,
  code: line(limits.standardCodeLength),
  title: line(limits.standardTitleLength),
  description: z.string().trim().max(limits.standardTextLength),
})

/** What an author saves. Standards are in the order in which they are shown. */
export const standardsSetup = z.object({
  standardsShown: z.boolean(),
  evidenceRule,
  levels: z.array(level).min(2).max(limits.levelsOfStandard),
  standards: z.array(standard).max(limits.standardsOfCourse),
})

const toldLevel = level.extend({ name: z.string() })
const toldStandard = standard.extend({ code: z.string(), title: z.string(), description: z.string() })
const countedStandard = toldStandard.extend({ questionCount: z.number().int() })

const standardsOfCourse = z.object({
  courseId: id,
  courseTitle: z.string(),
  standardsRevision: z.number().int(),
  standardsShown: z.boolean(),
  evidenceRule: evidenceRule.meta(growing),
  levels: z.array(toldLevel),
  standards: z.array(countedStandard),
})

/** Where a learner stands in a standard; without evidence and judgement there is no level. */
const standing = z.object({
  levelId: id.nullable(),
  percent: z.number().nullable(),
  pieceCount: z.number().int(),
  judged: z.boolean(),
})

const judgement = z.object({
  id,
  levelId: id.nullable(),
  reason: z.string().nullable(),
  judgedBy: id,
  judgedAt: time,
})

const piece = z.object({ quizId: id, quizTitle: z.string(), percent: z.number(), takenAt: time })

const shownBy = z.object({
  questionId: id,
  content: z.string(),
  submissionId: id,
  attemptNumber: z.number().int(),
  awarded: z.number(),
  points: z.number(),
})

const tags: [string] = ['assessment']
const byCourse = z.object({ courseId: id })
const byQuiz = z.object({ quizId: id })
const byCell = byCourse.extend({ standardId: id, userId: id })

export const standardsOperations = {
  getStandards: operation({
    method: 'GET',
    path: '/assessment/courses/{courseId}/standards',
    access: 'course.author',
    tags,
    summary: 'The standards of a course that you teach, with their levels and how evidence counts.',
  })
    .input(byCourse)
    .output(standardsOfCourse),
  saveStandards: operation({
    method: 'PUT',
    path: '/assessment/courses/{courseId}/standards',
    access: 'course.author',
    tags,
    summary:
      'Replace the standards of a course, their levels and how evidence counts. Refused as a conflict when they were saved since you read them. A standard that is left out goes with what was decided about it.',
  })
    .input(standardsSetup.extend({ courseId: id, standardsRevision: z.number().int() }))
    .output(standardsOfCourse),
  getQuizStandards: operation({
    method: 'GET',
    path: '/assessment/quizzes/{quizId}/standards',
    access: 'course.author',
    tags,
    summary: 'Which standards each question of a quiz shows, and the standards of its course.',
  })
    .input(byQuiz)
    .output(
      z.object({
        quizId: id,
        courseId: id,
        quizTitle: z.string(),
        counts: z.boolean(),
        standards: z.array(toldStandard),
        questions: z.array(
          z.object({ id, content: z.string(), points: z.number(), standardIds: z.array(id) }),
        ),
      }),
    ),
  alignQuestions: operation({
    method: 'PUT',
    path: '/assessment/quizzes/{quizId}/standards',
    access: 'course.author',
    tags,
    summary:
      'Say which standards questions of a quiz show. Only the pairs that you name change. It belongs to a question and not to a version of it, so it counts for attempts that were taken before.',
  })
    .input(
      byQuiz.extend({
        alignments: z
          .array(z.object({ questionId: id, standardId: id, aligned: z.boolean() }))
          .min(1)
          .max(1000),
      }),
    )
    .output(done),
  readStandardLevels: operation({
    method: 'POST',
    path: '/assessment/courses/{courseId}/standards/levels',
    access: 'course.author',
    reads: true,
    tags,
    summary:
      'The levels of the learners of a course in each standard, in pages or for the learners that you name.',
  })
    .input(
      byCourse.extend({
        ...paging,
        userIds: z.array(id).max(100).optional(),
        groupId: id.optional(),
      }),
    )
    .output(pageOf(z.object({ userId: id, standings: z.array(standing.extend({ standardId: id })) }))),
  getEvidence: operation({
    method: 'GET',
    path: '/assessment/courses/{courseId}/standards/{standardId}/learners/{userId}',
    access: 'course.author',
    tags,
    summary:
      'What the level of a learner in a standard rests on: the questions that show it, with their points, and what was decided by judgement.',
  })
    .input(byCell)
    .output(
      standing.extend({
        standardId: id,
        userId: id,
        calculatedLevelId: id.nullable(),
        judgementRevision: z.number().int(),
        evidence: z.array(piece.extend({ questions: z.array(shownBy) })),
        judgements: z.array(judgement),
      }),
    ),
  judgeLevel: operation({
    method: 'PUT',
    path: '/assessment/courses/{courseId}/standards/{standardId}/learners/{userId}/level',
    access: 'course.author',
    tags,
    summary:
      'Set the level of a learner by judgement, in place of the calculated one, with a reason that the learner sees; null takes it back. Refused as a conflict when someone judged since you read it.',
  })
    .input(
      byCell.extend({
        levelId: id.nullable(),
        reason: line(limits.overrideReasonLength).nullable().optional(),
        judgementRevision: z.number().int(),
      }),
    )
    .output(standing),
  getMyStandards: operation({
    method: 'GET',
    path: '/assessment/courses/{courseId}/standards/mine',
    access: 'member',
    tags,
    summary:
      'Your levels in the standards of a course that you learn in, once its teacher shows them. Only results whose marks you may see count here.',
  })
    .input(byCourse)
    .output(
      z.object({
        courseId: id,
        courseTitle: z.string(),
        standardsShown: z.boolean(),
        evidenceRule: evidenceRule.meta(growing),
        levels: z.array(toldLevel),
        standards: z.array(
          toldStandard.extend({
            ...standing.shape,
            reason: z.string().nullable(),
            evidence: z.array(piece),
          }),
        ),
      }),
    ),
}
