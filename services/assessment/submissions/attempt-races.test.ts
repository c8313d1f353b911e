import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit, testContext, untilBlocked } from '@azora/kit/testing.ts'
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { plainSettings } from '../quizzes/quiz-fixture.ts'
import { insertQuestions, insertQuiz, selectOptionalQuiz } from '../quizzes/quizzes.store.ts'
import { assessment } from '../service.ts'
import { finishLocked, sweepExpired } from './finish-attempt.ts'
import { startAttempt } from './start-attempt.ts'

/** An attempt whose time is over, which several things end at the same moment. */

let kit: TestKit
const organizationId = uuidv7()
before(async () => {
  kit = await createTestKit(assessment)
})
after(() => kit.dispose())

const school = () => kit.db.in(organizationId)
// Education says who takes part in a course.
const tools = () => ({
  ...kit,
  others: () => ({ education: { getCourseAccess: async () => ({ author: true, enrolled: true }) } }) as never,
})

const learner = () =>
  testContext({ userId: uuidv7(), organizationId, sessionId: uuidv7(), roles: [], authenticatedAt: 0 })

async function quizOfOneQuestion(): Promise<string> {
  const id = uuidv7()
  await insertQuiz(school(), {
    ...plainSettings,
    timeLimitMinutes: 10,
    id,
    organizationId,
    courseId: uuidv7(),
    bank: false,
    createdBy: uuidv7(),
  })
  await school().transaction(tx =>
    insertQuestions(tx, organizationId, id, [
      {
        id: uuidv7(),
        type: 'single_choice',
        content: 'Which river is longer?',
        points: 1,
        options: [
          { id: 'a', content: 'The Nile', feedback: null },
          { id: 'b', content: 'The Thames', feedback: null },
        ],
        correctAnswer: ['a'],
        feedback: { general: null, correct: null, incorrect: null },
        version: 1,
      },
    ]),
  )
  return id
}

/** An attempt that was begun an hour ago and may take ten minutes. */
async function expired() {
  const quizId = await quizOfOneQuestion()
  const context = learner()
  const { id } = await startAttempt(tools(), context, quizId, undefined)
  await school().run(sql`update submissions set expires_at = now() - interval '50 minutes' where id = ${id}`)
  const quiz = await selectOptionalQuiz(school(), quizId)
  assert.ok(quiz)
  return { quiz, context, id }
}

const results = (submissionId: string) =>
  kit.db.infrastructure.rows(sql`
    select 1 from outbox where name = 'assessment.completed' and payload ->> 'submissionId' = ${submissionId}`)

test('A new attempt begins while the old one is being graded, which is told of once.', async () => {
  const { quiz, context, id } = await expired()
  const graded = Promise.withResolvers<void>()
  const commit = Promise.withResolvers<void>()
  const other = school().transaction(async tx => {
    await finishLocked(tx, kit, quiz, id)
    graded.resolve()
    await commit.promise
  })
  await graded.promise
  const begun = startAttempt(tools(), context, quiz.id, undefined)
  begun.catch(() => {})
  await untilBlocked(kit.db)
  commit.resolve()
  await other
  assert.deepEqual([(await begun).attemptNumber, (await begun).state], [2, 'in_progress'])
  assert.equal((await results(id)).length, 1)
})

test('Two tabs that begin anew at once get one attempt, and the old one is told of once.', async () => {
  const { quiz, context, id } = await expired()
  const [one, two] = await Promise.all([
    startAttempt(tools(), context, quiz.id, undefined),
    startAttempt(tools(), context, quiz.id, undefined),
    sweepExpired(kit),
  ])
  assert.equal(one.id, two.id)
  assert.equal(one.attemptNumber, 2)
  assert.equal((await results(id)).length, 1)
})

test('The sweep grades all but the attempt that cannot be graded, and says that there is one.', async () => {
  const [bad, good] = [await expired(), await expired()]
  const admin = new pg.Client({ connectionString: kit.adminUrl })
  await admin.connect()
  await admin.query(`
    create function assessment.refuse() returns trigger language plpgsql as $$ begin raise 'not this one'; end $$;
    create trigger refuse before update on assessment.submissions for each row when (old.id = '${bad.id}')
      execute function assessment.refuse()`)
  await admin.end()
  await assert.rejects(sweepExpired(kit), { name: 'AggregateError' })
  assert.equal((await results(good.id)).length, 1)
  assert.equal((await results(bad.id)).length, 0)
})
