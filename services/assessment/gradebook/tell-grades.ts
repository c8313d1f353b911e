import { setImmediate } from 'node:timers/promises'
import type { Transaction } from '@azora/kit/db.ts'
import { eachAlone } from '@azora/kit/each-alone.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { type Book, selectBook, shownToLearners } from './book.ts'
import { selectLearnersAmong } from './entries.store.ts'
import { rowsOf, selectHeld } from './grades.ts'
import {
  askEverywhere,
  askToTellGrades,
  askWhereQuizzesAreOver,
  type Check,
  type Grade,
  type LearnerGrade,
  selectChecks,
  selectCoursesToTell,
  settleChecks,
  spreadOverLearners,
  storeToldGrades,
} from './told-grades.store.ts'

/**
 * Course grades for the other services. A grade rests on much: attempts, entries, rules, dates. Whatever changes one of
 * them asks for the grade to be looked at in its own transaction; a job works it out as the gradebook does, and tells
 * what came out otherwise than before. So nobody waits for it, and a crash loses nothing.
 */

type Tools = Pick<ServiceKit, 'db'>

export const tellGradesTask = defineTask('assessment.tell_grades', { cron: '* * * * *' })

/** The same for one course, in which an author changed something. */
export const tellCourseTask = defineTask<{ organizationId: string; courseId: string }>(
  'assessment.tell_course',
)

/** Each night all grades are looked at: what was asked for by none is told a day late, not never. */
export const tellAllGradesTask = defineTask('assessment.tell_all_grades', {
  cron: '20 3 * * *',
  priority: 'late',
})

const soonMs = 2000

/**
 * Have grades looked at that an author just entered, without waiting for the minute: who enters many asks once for all.
 * @param userIds those concerned; without them all who learn in the course.
 */
export async function tellGradesSoon(
  tx: Transaction,
  courseId: string,
  userIds: readonly string[] | null = null,
): Promise<void> {
  askToTellGrades(tx, courseId, userIds)
  const runAt = new Date(Date.now() + soonMs).toISOString()
  const { organizationId } = tx
  await enqueue(
    tx,
    tellCourseTask,
    { organizationId, courseId },
    { key: `${tellCourseTask.name}:${courseId}`, runAt },
  )
}

const learnersAtOnce = 100

export async function tellAllGrades({ db }: Tools): Promise<void> {
  await askEverywhere(db.across)
}

/** Then the next minute goes on, and no two work through the same for long. */
const mostMs = 50_000

/** Safe to repeat, and to run twice at once. @throws AggregateError of courses that failed, once all were tried. */
export async function tellGrades({ db }: Tools): Promise<void> {
  await askWhereQuizzesAreOver(db.across)
  const end = performance.now() + mostMs
  await eachAlone(
    await selectCoursesToTell(db.across),
    async course => {
      if (performance.now() < end) await tellCourse({ db }, course)
    },
    'courses were not told their grades',
  )
}

/** Safe to repeat, and to run twice at once. */
export async function tellCourse(
  tools: Tools,
  { organizationId, courseId }: { organizationId: string; courseId: string },
): Promise<void> {
  const db = tools.db.in(organizationId)
  await db.transaction(tx => spreadOverLearners(tx, courseId))
  let after: string | null = null
  for (;;) {
    // Read before what the grades are made of: what changes from here on asks again.
    const checks: Check[] = await selectChecks(db, courseId, { after, limit: learnersAtOnce })
    const last = checks.at(-1)
    if (!last) return
    const grades = await gradesOf(db, courseId, checks)
    await db.transaction(async tx => {
      const settled = await settleChecks(tx, courseId, checks)
      const changed = await storeToldGrades(
        tx,
        courseId,
        grades.filter(({ userId }) => settled.has(userId)),
      )
      for (const { userId, percent, letter, told, revision } of changed)
        await publish(tx, 'assessment', 'grade.changed', {
          courseId,
          userId,
          organizationId,
          percent,
          letter,
          told,
          revision,
        })
    })
    after = last.userId
  }
}

const gradeOf = ({ percent, letter }: Grade): Grade => ({ percent, letter })
const none: Grade = { percent: null, letter: null }

/** A row of a hundred items takes up to a millisecond; after so many, other requests have their turn. */
const rowsAtOnce = 10

/** The grades as an author sees them, beside what the learner may see: without what is hidden, or nothing at all. */
async function gradesOf(
  db: ReturnType<Tools['db']['in']>,
  courseId: string,
  checks: readonly Check[],
): Promise<LearnerGrade[]> {
  const asked = checks.map(({ userId }) => userId)
  const learners = await selectLearnersAmong(db, courseId, asked)
  const book = await selectBook(db, courseId)
  const held = await selectHeld(db, book, asked)
  const rowOf = rowsOf(book)
  const toldOf = toldBy(book)
  const grades: LearnerGrade[] = []
  for (const userId of asked) {
    if (!learners.has(userId)) continue
    const grade = gradeOf(rowOf(userId, held(userId)))
    grades.push({ userId, ...grade, told: toldOf(userId, held(userId)) ?? grade })
    if (grades.length % rowsAtOnce === 0) await setImmediate()
  }
  return grades
}

/** What a learner is told of a grade; null where that is all of it. */
function toldBy(book: Book) {
  if (!book.courseGradeShown) return () => none
  const shown = shownToLearners(book)
  if (shown.items.length === book.items.length) return () => null
  const rowOf = rowsOf(shown)
  return (...of: Parameters<typeof rowOf>) => gradeOf(rowOf(...of))
}
