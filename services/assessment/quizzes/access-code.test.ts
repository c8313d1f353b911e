import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { assessment } from '../service.ts'
import { deleteOldGuesses, selectSealedCode } from './access-code.store.ts'
import { openCode, requireCode, sealCode } from './access-code.ts'
import { plainSettings } from './quiz-fixture.ts'
import { insertQuiz } from './quizzes.store.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(assessment)
})
after(() => kit.dispose())

const organizationId = uuidv7()

async function quizWith(code: string) {
  const id = uuidv7()
  await insertQuiz(kit.db.in(organizationId), {
    ...plainSettings,
    sealedAccessCode: sealCode(kit.sealing, id, code),
    id,
    organizationId,
    courseId: uuidv7(),
    bank: false,
    createdBy: uuidv7(),
  })
  return id
}

const outcome = (quizId: string, userId: string, code: string | undefined) =>
  requireCode(kit, { organizationId, userId }, quizId, code).then(
    () => 'let in',
    (failure: { code: string }) => failure.code,
  )

test('The code lets in, a wrong one and none do not; letters written in two ways are the same.', async () => {
  const [quizId, userId] = [await quizWith('Caf\u00e9'), uuidv7()]
  assert.equal(await outcome(quizId, userId, undefined), 'access_code_required')
  assert.equal(await outcome(quizId, userId, 'caf\u00e9'), 'access_code_wrong')
  assert.equal(await outcome(quizId, userId, 'Cafe\u0301'), 'let in')
})

test('Of many wrong codes at once no more than ten are compared, whatever becomes of the requests.', async () => {
  const [quizId, userId] = [await quizWith('0417'), uuidv7()]
  const tries = Array.from({ length: 40 }, (_, at) => outcome(quizId, userId, String(at).padStart(4, '0')))
  const outcomes = await Promise.all(tries)
  assert.equal(outcomes.filter(one => one === 'access_code_wrong').length, 10)
  assert.equal(outcomes.filter(one => one === 'rate_limited').length, 30)
  assert.equal(await outcome(quizId, userId, '0417'), 'rate_limited', 'the right one comes too late')
  assert.equal(await outcome(quizId, uuidv7(), '0417'), 'let in', 'somebody else is not kept out')
})

test('A guess is never counted within a transaction, whose end could take the count back.', async () => {
  const [quizId, userId] = [await quizWith('0417'), uuidv7()]
  const within = kit.db
    .in(organizationId)
    .transaction(() => requireCode(kit, { organizationId, userId }, quizId, '0417'))
  await assert.rejects(within, /inside a database transaction/)
})

test('The right code clears the count, and a quarter of an hour does.', async () => {
  const [quizId, userId] = [await quizWith('0417'), uuidv7()]
  for (let guess = 0; guess < 9; guess++) await outcome(quizId, userId, 'no')
  assert.equal(await outcome(quizId, userId, '0417'), 'let in')
  for (let guess = 0; guess < 11; guess++) await outcome(quizId, userId, 'no')
  assert.equal(await outcome(quizId, userId, '0417'), 'rate_limited')
  await kit.db.across.run(sql`update access_code_guesses set since = since - interval '15 minutes'`)
  assert.equal(await outcome(quizId, userId, '0417'), 'let in')
})

test('Counts are forgotten once they are over.', async () => {
  const [quizId, userId] = [await quizWith('0417'), uuidv7()]
  await outcome(quizId, userId, 'no')
  const counts = () => kit.db.across.rows(sql`select 1 from access_code_guesses`)
  const before = (await counts()).length
  await deleteOldGuesses(kit.db.across)
  assert.equal((await counts()).length, before)
  await kit.db.across.run(sql`update access_code_guesses set since = since - interval '2 hours'`)
  await deleteOldGuesses(kit.db.across)
  assert.deepEqual(await counts(), [])
})

test('The database holds the code sealed, and only for its own quiz.', async () => {
  const quizId = await quizWith('open-sesame')
  const sealed = await selectSealedCode(kit.db.in(organizationId), quizId)
  assert.ok(sealed && !sealed.includes('sesame'))
  assert.equal(openCode(kit.sealing, quizId, sealed), 'open-sesame')
  assert.throws(() => openCode(kit.sealing, uuidv7(), sealed))
})
