import { sql } from '@azora/kit/sql.ts'
import { createTestKit } from '@azora/kit/testing.ts'
import { insertLearners } from '@azora/service-assessment/courses/courses.store.ts'
import {
  category,
  createGradebookFixture,
  item,
  setupOf,
} from '@azora/service-assessment/gradebook/gradebook-fixture.ts'
import { readGrades } from '@azora/service-assessment/gradebook/read-grades.ts'
import { saveGradebook } from '@azora/service-assessment/gradebook/save-gradebook.ts'
import { assessment } from '@azora/service-assessment/service.ts'
import { v7 as uuidv7 } from 'uuid'

/**
 * `npm run bench -- gradebook`: a gradebook of 1,000 learners and 100 columns read whole, in pages of 100 learners,
 * beside a plain reading of the same rows in the same run.
 */

const learnerCount = 1000
const quizCount = 50
const columnCount = 50
const rounds = 5

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** @returns milliseconds of time and of this process's processor. */
async function timed(work: () => Promise<unknown>) {
  const [began, cpu] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return { ms: performance.now() - began, cpuMs: (user + system) / 1000 }
}

export async function benchGradebook(say: (line: string) => void): Promise<void> {
  const kit = await createTestKit(assessment)
  try {
    const { courseId, teacher, school, quiz, organizationId } = await createGradebookFixture(kit)
    const learners = Array.from({ length: learnerCount }, () => uuidv7())
    await insertLearners(
      school,
      learners.map(userId => ({ courseId, userId })),
    )
    const categories = ['a', 'b', 'c', 'd'].map(name => category(name, { weight: 25, dropLowest: 2 }))
    const quizIds: string[] = []
    while (quizIds.length < quizCount) quizIds.push(await quiz())
    const categoryAt = (at: number) => categories[at % categories.length]?.id ?? ''
    const items = [
      ...quizIds.map((quizId, at) => item(categoryAt(at), { quizId, points: 10 })),
      ...Array.from({ length: columnCount }, (_, at) => item(categoryAt(at), { title: `Column ${at}` })),
    ]
    await saveGradebook(kit, teacher, { ...setupOf({ categories, items }), courseId, setupRevision: 0 })
    const columnIds = items.flatMap(({ id, quizId }) => (quizId ? [] : [id]))
    await school.run(sql`
      insert into submissions (id, organization_id, quiz_id, user_id, attempt_number, state, question_ids,
        question_versions, score, max_score, passed, grading, submitted_at, graded_at)
      select gen_random_uuid(), ${organizationId}::uuid, q, u, 1, 'graded', '{}', '{}', floor(random() * 100) / 10, 10, true,
        '{}', now(), now()
      from unnest(${quizIds}::uuid[]) q cross join unnest(${learners}::uuid[]) u`)
    await school.run(sql`
      insert into gradebook_entries (organization_id, course_id, user_id, item_id, score, excused)
      select ${organizationId}::uuid, ${courseId}::uuid, u, i, floor(random() * 40) / 2, false
      from unnest(${columnIds}::uuid[]) i cross join unnest(${learners}::uuid[]) u`)
    await school.run(sql`analyze submissions`)
    await school.run(sql`analyze gradebook_entries`)

    const whole = async () => {
      let after: string | undefined
      do {
        const page = await readGrades(kit, teacher, courseId, { userIds: undefined, after, limit: 100 })
        after = page.nextCursor ?? undefined
      } while (after)
    }
    const plain = async () => {
      await school.rows(sql`
        select user_id, quiz_id, score, max_score from submissions
        where organization_id = ${organizationId} and quiz_id = any(${quizIds}::uuid[])`)
      await school.rows(sql`
        select user_id, item_id, score, excused, comment from gradebook_entries
        where organization_id = ${organizationId} and course_id = ${courseId}`)
    }
    await whole()
    await plain()
    const measured = { whole: [] as Timed[], plain: [] as Timed[] }
    for (let round = 0; round < rounds; round++) {
      measured.whole.push(await timed(whole))
      measured.plain.push(await timed(plain))
    }
    const of = (all: Timed[], what: keyof Timed) => median(all.map(one => one[what]))
    say(
      `\nA gradebook of ${learnerCount} learners and ${items.length} columns, read whole, median of ${rounds}`,
    )
    for (const what of ['ms', 'cpuMs'] as const) {
      const [grades, rows] = [of(measured.whole, what), of(measured.plain, what)]
      const name = what === 'ms' ? 'time' : 'processor time of Node'
      say(
        `  ${name.padEnd(24)} ${grades.toFixed(0)} ms counted, ${rows.toFixed(0)} ms plain rows, ratio ${(grades / rows).toFixed(2)}`,
      )
    }
    say(`  a page of 100 learners   ${(of(measured.whole, 'ms') / 10).toFixed(0)} ms`)
  } finally {
    await kit.dispose()
  }
}

type Timed = { ms: number; cpuMs: number }
