import assert from 'node:assert/strict'
import { codeOf } from '@azora/contracts/client.ts'
import { openDatabase } from '@azora/kit/db.ts'
import { serviceDatabaseUrl } from '@azora/kit/migrate.ts'
import { sql } from '@azora/kit/sql.ts'
import { ORPCError } from '@orpc/client'
import { appoint, openAuthDatabase, type Person, signUp } from '../api.ts'
import { makeCourse, type TestCourse, tick } from '../courses.ts'
import { type System, until } from '../system.ts'

/** A class that takes a quiz while parts of the system die, and the books that must be right afterwards. */

export type Class = { instructor: Person; learners: Person[]; course: TestCourse }

/** What the system told a learner: that this attempt is handed in, and graded so. */
export type Receipt = { learner: Person; submissionId: string; scorePercent: number }

/** Learners who have done everything in a course but its quiz. */
export async function assemble(system: System, size: number): Promise<Class> {
  const { url } = system
  const authDb = openAuthDatabase(await system.access())
  const first = await signUp(url)
  const instructor = await appoint(url, authDb, { role: 'instructor', organizationId: first.organizationId })
  await authDb.close()
  const course = await makeCourse(url, instructor)
  const learners = [first]
  while (learners.length < size) learners.push(await signUp(url, `Learner ${learners.length}`))
  for (const { api } of learners) {
    await api.education.enroll({ courseId: course.courseId })
    for (const lessonId of [course.pageId, course.fileLessonId])
      await api.education.saveProgress({ lessonId, completed: true })
  }
  return { instructor, learners, course }
}

/** Whether a client does right to send the same again: nobody answered, or the answer was `unavailable`. */
function mayTryAgain(failure: unknown): boolean {
  if (failure instanceof ORPCError) return codeOf(failure) === 'unavailable' || failure.status === 503
  return failure instanceof TypeError // what fetch throws when a connection breaks
}

/** Ask until there is an answer, as the portal does. Any other failure than an outage is thrown. */
function insist<T>(work: () => Promise<T>): Promise<T> {
  return until(
    'An answer',
    async () => {
      try {
        return { answer: await work() }
      } catch (failure) {
        if (!mayTryAgain(failure)) throw failure
        return null
      }
    },
    120_000,
  ).then(({ answer }) => answer)
}

/** Each learner fails the quiz once and then passes it. @param onReceipt told after each acknowledged attempt. */
export async function takeQuizzes(
  { learners, course }: Class,
  onReceipt: (count: number) => void,
): Promise<Receipt[]> {
  const receipts: Receipt[] = []
  const one = async (learner: Person) => {
    for (const choice of ['b', tick]) {
      const attempt = await insist(() => learner.api.assessment.startSubmission({ quizId: course.quizId }))
      const answers = Object.fromEntries(attempt.questions.map(asked => [asked.id, [choice]]))
      const graded = await insist(() => learner.api.assessment.submit({ submissionId: attempt.id, answers }))
      receipts.push({ learner, submissionId: attempt.id, scorePercent: graded.result?.scorePercent ?? -1 })
      onReceipt(receipts.length)
    }
  }
  // A few at once, so that work is under way at whatever moment a part is killed.
  const queue = [...learners]
  const desk = async () => {
    for (let learner = queue.shift(); learner; learner = queue.shift()) await one(learner)
  }
  await Promise.all([desk(), desk(), desk(), desk()])
  return receipts
}

/** Every acknowledged attempt is kept as it was told, none twice; progress and certificate follow exactly once. */
export async function checkBooks(
  system: System,
  { learners, course }: Class,
  receipts: Receipt[],
): Promise<void> {
  assert.equal(receipts.length, learners.length * 2)
  for (const { learner, submissionId, scorePercent } of receipts) {
    const kept = await learner.api.assessment.getSubmission({ submissionId })
    assert.equal(kept.state, 'graded')
    assert.equal(kept.result?.scorePercent, scorePercent)
  }
  for (const learner of learners) {
    const quiz = await learner.api.assessment.getQuiz({ quizId: course.quizId })
    assert.deepEqual(
      quiz.attempts.map(attempt => [attempt.attemptNumber, attempt.scorePercent]),
      [
        [1, 0],
        [2, 100],
      ],
    )
    await until(
      'The certificate',
      async () => (await learner.api.education.listCertificates()).items.length > 0,
      240_000,
    )
    assert.equal((await learner.api.education.listCertificates()).items.length, 1)
    const { enrollment } = await learner.api.education.getCoursePage({ course: course.courseId })
    assert.equal(enrollment.progressPercent, 100)
  }
  await checkEvents(system, course, learners.length)
}

/** The events behind it were each published once, and none is left waiting. */
async function checkEvents(system: System, course: TestCourse, learners: number): Promise<void> {
  const { adminUrl, secret } = await system.access()
  const count = async (service: string, name: string) => {
    const url = serviceDatabaseUrl(adminUrl, secret, service)
    const db = openDatabase({ service, url, maxConnections: 1, onError: () => {} })
    try {
      return await db.across.one<{ n: number; waiting: number }>(sql`
        select count(*) as n, count(*) filter (where published_at is null) as waiting from outbox
        where name = ${name} and payload ->> 'courseId' = ${course.courseId}`)
    } finally {
      await db.close()
    }
  }
  await until('The outboxes are empty', async () => {
    const left = [
      await count('assessment', 'assessment.completed'),
      await count('education', 'certificate.issued'),
    ]
    return left.every(({ waiting }) => waiting === 0)
  })
  assert.equal((await count('assessment', 'assessment.completed')).n, learners * 2)
  assert.equal((await count('education', 'course.completed')).n, learners)
  assert.equal((await count('education', 'certificate.issued')).n, learners)
}
