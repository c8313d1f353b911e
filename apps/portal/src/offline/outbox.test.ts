import 'fake-indexeddb/auto'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectionLost } from '@azora/web/calls/failures.ts'
import { databaseName } from '@azora/web/offline/caches.ts'
import { deleteDB, openDB } from 'idb'
import type { Row } from './database.ts'
import { flaggedIn, forgetLeft, heldAttempt, holdsUnsent, isUnsent } from './held-attempt.ts'
import { onMovedEnd } from './moved-end.ts'
import { forget, outboxEvent, rowsOf, rowsThatAre, takeBack } from './outbox.ts'
import {
  answer,
  flag,
  lessonId,
  onAPage,
  page,
  progress,
  rate,
  refusing,
  submissionId,
  submit,
  tab,
  waiting,
} from './outbox-fixture.ts'
import { onToldBreak } from './told-break.ts'

onAPage()

test('what two tabs write at once is all kept: every answer, and the furthest of the progress', async () => {
  const questions = Array.from({ length: 20 }, (_, at) => `q${at}`)
  await Promise.all([
    ...questions.map(question => answer(question, 'a')),
    ...[10, 90, 40].map(percent => progress(percent, percent === 10)),
  ])
  const rows = await rowsThatAre('waiting')
  assert.deepEqual(
    rows.flatMap(row => (row.kind === 'answer' ? [row.questionId] : [])).sort(),
    questions.sort(),
  )
  const kept = rows.flatMap(row => (row.kind === 'progress' ? [row.progress] : []))
  assert.deepEqual(kept, [{ lessonId, completed: true, positionPercent: 90, positionSeconds: 0 }])
})

test('a later answer to a question takes the place of the earlier', async () => {
  await answer('q1', 'a')
  await answer('q1', 'b')
  const { sent, sendWaiting } = tab()
  await sendWaiting()
  assert.deepEqual(sent, [['assessment.saveAnswers', { submissionId, answers: { q1: ['b'] } }]])
})

test('what waits is sent in the order in which it was done, and an attempt with its answers at once', async () => {
  await answer('q1', 'a')
  await progress(30)
  await answer('q2', 'b')
  await submit()
  const { sent, sendWaiting, takeGraded } = tab(operation => ({ operation }))
  await sendWaiting()
  assert.deepEqual(
    sent.map(([operation]) => operation),
    ['assessment.submit', 'education.saveProgress'],
  )
  assert.deepEqual(sent[0]?.[1], { submissionId, answers: { q1: ['a'], q2: ['b'] } })
  assert.ok(takeGraded(submissionId))
  assert.equal(takeGraded(submissionId), undefined)
  assert.deepEqual(await rowsOf(submissionId), [])
})

test('an attempt is unsent while an answer, how sure its learner is, or its end waits', async () => {
  const unsent = async () => isUnsent(await heldAttempt(submissionId))
  assert.equal(await unsent(), false)
  for (const keep of [() => answer('q1', 'a'), () => rate('q1', 2), submit]) {
    await keep()
    assert.equal(await unsent(), true)
    await tab(() => ({ expiresAt: null })).sendWaiting()
    assert.equal(await unsent(), false)
  }
})

test('flags go with the answers of their attempt, the later in place of the earlier, and stay to be shown', async () => {
  await answer('q1', 'a')
  await flag('q1', true)
  await flag('q2', true)
  await flag('q2', false)
  const { sent, sendWaiting } = tab()
  await sendWaiting()
  const flags = { q1: true, q2: false }
  assert.deepEqual(sent, [['assessment.saveAnswers', { submissionId, answers: { q1: ['a'] }, flags }]])
  const held = await heldAttempt(submissionId)
  const told = { flagged: [], now: '1970-01-01T00:00:00Z' }
  assert.deepEqual([[...flaggedIn(told, held)], held.sent, held.waiting], [[], { q1: ['a'] }, {}])
  await submit()
  assert.equal(await flag('q1', false), false, 'a submitted attempt takes no flag')
})

test('how sure one is goes with the answers, and with the end of their attempt', async () => {
  await rate('q1', 1)
  await rate('q1', 3)
  const first = tab()
  await first.sendWaiting()
  assert.deepEqual(first.sent, [
    ['assessment.saveAnswers', { submissionId, answers: {}, confidence: { q1: 3 } }],
  ])
  await rate('q2', 2)
  const { confidence } = await heldAttempt(submissionId)
  assert.deepEqual(confidence, { sent: { q1: 3 }, waiting: { q2: 2 } })
  await submit()
  assert.equal(await rate('q1', 1), false, 'a submitted attempt is not rated any more')
  const last = tab()
  await last.sendWaiting()
  assert.deepEqual(last.sent, [['assessment.submit', { submissionId, answers: {}, confidence: { q2: 2 } }]])
})

test('an attempt is not saved while an answer, or how sure one is of one, is on this device alone', async () => {
  const isUnsent = async () => holdsUnsent(await heldAttempt(submissionId))
  const down = tab(() => {
    throw new ConnectionLost()
  })
  assert.equal(await isUnsent(), false)
  for (const keep of [() => answer('q1', 'a'), () => rate('q1', 3)]) {
    await keep()
    await down.sendWaiting()
    assert.equal(await isUnsent(), true)
    await tab().sendWaiting()
    assert.equal(await isUnsent(), false)
  }
})

test('how sure one is of the question that is asked now waits again where what was sent with it was refused', async () => {
  await answer('q1', 'a')
  await rate('q1', 3)
  await rate('q2', 2)
  await tab(refusing('question_left', 409)).sendWaiting()
  const { left } = await heldAttempt(submissionId)
  await forgetLeft(left, ['q2'])
  assert.deepEqual(await waiting(), [`confidence:${submissionId}:q2`])
})

test('of answers that were refused as left for good, those to the question that is asked now wait again', async () => {
  await answer('q1', 'a')
  await answer('q2', 'b')
  await flag('q1', true)
  await tab(refusing('question_left', 409)).sendWaiting()
  const { left, refused } = await heldAttempt(submissionId)
  assert.deepEqual([left.length, refused], [3, []])
  await forgetLeft(left, ['q2'])
  assert.deepEqual(await waiting(), [`answer:${submissionId}:q2`])
  assert.equal((await rowsOf(submissionId)).length, 1)
})

test('an attempt that waits to be submitted takes no answer from another tab', async () => {
  assert.equal(await answer('q1', 'a'), true)
  await submit()
  assert.equal(await answer('q1', 'b'), false)
  assert.deepEqual(await waiting(), [`answer:${submissionId}:q1`, `submit:${submissionId}`])
})

test('two tabs that send at once send each thing once', async () => {
  for (const question of ['q1', 'q2', 'q3']) await answer(question, 'a')
  await progress(50)
  const [one, other] = [tab(), tab()]
  await Promise.all([one.sendWaiting(), other.sendWaiting(), one.sendWaiting()])
  assert.deepEqual(
    [...one.sent, ...other.sent].map(([operation]) => operation),
    ['assessment.saveAnswers', 'education.saveProgress'],
  )
})

test('a tab that ended before the answer came leaves what it sent, and the next sends it again', async () => {
  await answer('q1', 'a')
  const killed = tab(() => {
    throw new Error('The tab is gone.')
  })
  await assert.rejects(killed.sendWaiting())
  const next = tab()
  await next.sendWaiting()
  assert.deepEqual(next.sent, killed.sent)
  assert.deepEqual(await waiting(), [])
})

test('each answer that is saved tells its own attempt when it ends now', async () => {
  const told: (string | null)[] = []
  const stops = [submissionId, lessonId].map(id => onMovedEnd(id, end => told.push(end.expiresAt)))
  const expiresAt = '2026-03-01T10:00:00.000Z'
  const { sendWaiting } = tab(() => ({ expiresAt }))
  await answer('q1', 'a')
  await sendWaiting()
  assert.deepEqual(told, [expiresAt])
  for (const stop of stops) stop()
  await answer('q1', 'b')
  await sendWaiting()
  assert.deepEqual(told, [expiresAt])
})

test('an answer that changes while the one before is on its way is sent after it', async () => {
  await answer('q1', 'a')
  const { sent, sendWaiting } = tab(async () => {
    if (sent.length === 1) await answer('q1', 'b')
    return {}
  })
  await sendWaiting()
  assert.deepEqual(
    sent.map(([, input]) => input.answers),
    [{ q1: ['a'] }, { q1: ['b'] }],
  )
  assert.deepEqual(
    (await rowsThatAre('sent')).map(row => row.kind === 'answer' && row.chosen),
    [['b']],
  )
})

test('without a line everything stays, and a fault of one thing holds up no other', async () => {
  await answer('q1', 'a')
  await progress(50)
  const offline = tab(() => {
    throw new ConnectionLost()
  })
  await offline.sendWaiting()
  assert.equal(offline.sent.length, 1)
  assert.equal((await waiting()).length, 2)
  const faulty = tab(operation => operation.startsWith('assessment') && refusing('internal', 500)())
  await faulty.sendWaiting()
  assert.deepEqual(await waiting(), [`answer:${submissionId}:q1`])
})

test('answers of an attempt on a break wait for its end, its page is told, and nothing else waits for it', async () => {
  await answer('q1', 'a')
  await progress(40)
  const told: string[] = []
  const stop = onToldBreak(submissionId, () => told.push(submissionId))
  const resting = refusing('attempt_on_break', 409)
  const { sent, sendWaiting } = tab(operation => operation.startsWith('assessment') && resting())
  await sendWaiting()
  stop()
  assert.deepEqual(await waiting(), [`answer:${submissionId}:q1`])
  assert.deepEqual([sent.length, told], [2, [submissionId]])
  assert.deepEqual((await heldAttempt(submissionId)).waiting, { q1: ['a'] })
})

test('what the server refuses is not sent again and stays with its reason until a person has seen it', async () => {
  let told = 0
  page.addEventListener(outboxEvent, () => told++)
  await answer('q1', 'a')
  await tab().sendWaiting()
  await answer('q2', 'b')
  const { sent, sendWaiting } = tab(refusing('attempt_closed', 409))
  await sendWaiting()
  await sendWaiting()
  assert.equal(sent.length, 1)
  assert.equal(told, 3)
  const refused = await rowsThatAre('refused')
  const shown = refused.map(({ key, code, reason, place }: Row) => ({ key, code, reason, place }))
  assert.deepEqual(shown, [
    {
      key: `answer:${submissionId}:q2`,
      code: 'attempt_closed',
      reason: 'Refused: attempt_closed.',
      place: { title: 'Bits', path: '/learn/computers/bits' },
    },
  ])
  assert.deepEqual(await rowsThatAre('sent'), [], 'nothing of a closed attempt is shown from here again')
  await forget(refused)
  assert.deepEqual(await rowsOf(submissionId), [])
})

test('answers that were refused with their attempt go with it when it is submitted again', async () => {
  await answer('q1', 'a')
  await answer('q2', 'b')
  await submit()
  await tab(refusing('invalid_input', 422)).sendWaiting()
  const told = Promise.withResolvers<Event>()
  page.addEventListener(outboxEvent, told.resolve, { once: true })
  await takeBack(await rowsOf(submissionId))
  await told.promise
  assert.deepEqual(await waiting(), [`answer:${submissionId}:q1`, `answer:${submissionId}:q2`])
  assert.deepEqual(await rowsThatAre('refused'), [])
  await answer('q2', 'c')
  await submit()
  const { sent, sendWaiting } = tab()
  await sendWaiting()
  assert.deepEqual(sent, [['assessment.submit', { submissionId, answers: { q1: ['a'], q2: ['c'] } }]])
})

test('what something before the API says is no refusal, and is sent again', async () => {
  await answer('q1', 'a')
  await tab(refusing('internal', 403)).sendWaiting()
  assert.deepEqual(await waiting(), [`answer:${submissionId}:q1`])
})

test('what an earlier version of the portal kept is moved into the outbox', async () => {
  const former = await openDB(databaseName, 1, {
    upgrade(database) {
      database.createObjectStore('progress')
      database.createObjectStore('answers')
    },
  })
  await former.put('progress', { lessonId, completed: true, positionPercent: 70 }, lessonId)
  const kept = { answers: { q2: ['b'] }, seen: { q1: ['a'], q2: ['b'] }, handIn: true }
  await former.put('answers', kept, submissionId)
  former.close()
  assert.deepEqual(
    (await rowsOf(submissionId)).map(({ key, state }) => [key, state]),
    [
      [`answer:${submissionId}:q1`, 'sent'],
      [`answer:${submissionId}:q2`, 'waiting'],
      [`submit:${submissionId}`, 'waiting'],
    ],
  )
  const { sent, sendWaiting } = tab()
  await sendWaiting()
  assert.deepEqual(sent, [
    ['education.saveProgress', { lessonId, completed: true, positionPercent: 70 }],
    ['assessment.submit', { submissionId, answers: { q2: ['b'] } }],
  ])
})

test('a database that is deleted while something is sent, as on signing out, gets nothing of it back', async () => {
  await answer('q1', 'a')
  const { sendWaiting } = tab(async () => {
    await deleteDB(databaseName)
    await answer('q9', 'z')
  })
  await assert.rejects(sendWaiting())
  assert.deepEqual(await waiting(), [`answer:${submissionId}:q9`])
})

test('answers that are too much for one request are sent in several, and the end of the attempt goes last', async () => {
  const long = 'x'.repeat(90_000)
  for (const question of ['a', 'b', 'c']) await answer(question, long)
  await submit()
  const { sent, sendWaiting } = tab()
  await sendWaiting()
  assert.deepEqual(
    sent.map(([operation, { answers }]) => [operation, Object.keys(answers as object)]),
    [
      ['assessment.saveAnswers', ['a', 'b']],
      ['assessment.submit', ['c']],
    ],
  )
  assert.deepEqual(await waiting(), [])
})
