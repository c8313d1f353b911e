import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { createEssayFixture } from '../marking/essay-fixture.ts'
import { setMarking } from '../marking/marking-settings.ts'
import { assessment } from '../service.ts'
import { submitAttempt } from '../submissions/attempt.ts'
import { startAttempt } from '../submissions/start-attempt.ts'
import { printsOf, wordsOf } from './passages.ts'
import { printAttempt, sweepEssays } from './print-essays.ts'
import { answersWith } from './similar.store.ts'
import { listSimilarAnswers } from './similar-answers.ts'

let kit: TestKit
let fixture: ReturnType<typeof createEssayFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createEssayFixture(kit)
})
after(() => kit.dispose())

const passage = 'the outer bank of a bend is worn away while sand settles on the inner one'
const own = (name: string) =>
  `${name} begins with words of their own. ${passage}. ${name} ends in another way.`

/** What a learner wrote, and the answer of it on the desk. */
async function handIn(
  quiz: Awaited<ReturnType<typeof fixture.essayQuiz>>,
  text: string,
  learner = fixture.person(),
) {
  const { id } = await startAttempt(fixture.tools, learner, quiz.id, undefined)
  await submitAttempt(fixture.tools, learner, id, { [quiz.choiceId]: ['a'], [quiz.essayId]: [text] })
  const { answerId } = await fixture.school.one<{ answerId: string }>(sql`
    select id as answer_id from answers_to_mark
    where organization_id = ${fixture.organizationId} and submission_id = ${id}`)
  return { answerId, submissionId: id, learner }
}

const similar = (answerId: string, by = fixture.teacher()) => listSimilarAnswers(fixture.tools, by, answerId)

test('An essay is told what it shares with those of others, in this quiz and in any of the school.', async () => {
  const [quiz, elsewhere] = [await fixture.essayQuiz(), await fixture.essayQuiz()]
  const mine = await handIn(quiz, own('Naledi'))
  const same = await handIn(quiz, own('Thabo'))
  const older = await handIn(elsewhere, `“${passage.toUpperCase()}”, says my book`)
  await handIn(quiz, 'Nothing in this answer was ever written by anybody else, or so its learner says.')
  assert.deepEqual(await similar(mine.answerId), { compared: false, wordCount: 28, items: [] }, 'not yet')
  await sweepEssays(kit)
  await sweepEssays(kit)
  const { compared, items } = await similar(mine.answerId)
  assert.ok(compared)
  assert.deepEqual(
    items.map(({ answerId, quizId, userId, submissionId }) => ({ answerId, quizId, userId, submissionId })),
    [
      { ...same, quizId: quiz.id },
      { ...older, quizId: elsewhere.id },
    ].map(({ answerId, quizId, submissionId, learner }) => ({
      answerId,
      quizId,
      submissionId,
      userId: learner.actor.userId,
    })),
  )
  const words = items[1]?.passages.map(({ start, end }) => own('Naledi').slice(start, end))
  assert.deepEqual(words, [passage])
  assert.equal(items[1]?.wordCount, passage.split(' ').length)
})

test('Earlier attempts of the same learner and the words of the question are no news.', async () => {
  const quiz = await fixture.essayQuiz({ maxAttempts: 3 })
  await fixture.school.run(sql`
    update questions set content = ${`<p>Explain why <b>${passage}</b>.</p>`}
    where organization_id = ${fixture.organizationId} and id = ${quiz.essayId}`)
  const learner = fixture.person()
  const first = await handIn(quiz, own('Sipho'), learner)
  await handIn(quiz, own('Sipho'), learner)
  await handIn(quiz, own('Lerato'))
  await sweepEssays(kit)
  const { items } = await similar(first.answerId)
  assert.ok(items.every(({ userId }) => userId !== learner.actor.userId))
  assert.ok(
    items.every(({ quizId }) => quizId !== quiz.id),
    'the question was given to all',
  )
})

test('Where names are hidden nothing leads to a learner, and of what one may not mark only that it is there is told.', async () => {
  const [quiz, foreign] = [await fixture.essayQuiz(), await fixture.essayQuiz()]
  const text = `${passage} and then the water turns, as in every year before`
  const mine = await handIn(quiz, text)
  await handIn(quiz, text)
  await handIn(foreign, text)
  await sweepEssays(kit)
  const hide = (anonymous: boolean) =>
    setMarking(fixture.tools, fixture.teacher(), quiz.id, { release: 'at_once', anonymous })
  await hide(true)
  const whole = (await similar(mine.answerId)).items
    .filter(({ wordCount }) => wordCount > 20)
    .sort((a, b) => Number(b.quizId === quiz.id) - Number(a.quizId === quiz.id))
  assert.deepEqual(
    whole.map(({ quizId, userId, submissionId, answerId, alias }) =>
      // In the quiz with names the answer would lead to one.
      [userId, submissionId, answerId !== null, quizId === quiz.id, typeof alias],
    ),
    [true, false].map(sameQuiz => [null, null, sameQuiz, sameQuiz, 'string']),
  )
  await hide(false)
  const { courseId } = await fixture.school.one<{ courseId: string }>(sql`
    select course_id from quizzes where organization_id = ${fixture.organizationId} and id = ${quiz.id}`)
  const education = {
    getCourseAccess: async (asked: { courseId: string }) => ({
      author: asked.courseId === courseId,
      enrolled: false,
    }),
  }
  const narrow = { ...fixture.person(), others: { education } as never }
  const told = (await similar(mine.answerId, narrow)).items.filter(({ wordCount }) => wordCount > 20)
  assert.deepEqual(
    told
      .map(
        ({ quizId, quizTitle, answerId, alias, userId, submissionId }) =>
          [quizId, quizTitle, answerId, alias, userId, submissionId].filter(one => one !== null).length,
      )
      .sort(),
    [0, 6],
  )
  const learner = {
    ...fixture.person(),
    others: { education: { getCourseAccess: async () => ({ author: false, enrolled: true }) } } as never,
  }
  await assert.rejects(similar(mine.answerId, learner), { code: 'forbidden' })
})

test('Nor are the words of the text that the question stands under.', async () => {
  const { organizationId, school } = fixture
  const quiz = await fixture.essayQuiz()
  const read = Array.from({ length: 40 }, (_, at) => `read${at}`).join(' ')
  await school.run(sql`
    insert into passages (id, version, organization_id, quiz_id, content, shuffle)
    values (${quiz.id}, 1, ${organizationId}, ${quiz.id}, ${`<p>${read}</p>`}, false)`)
  await school.run(sql`
    update questions set passage_id = ${quiz.id}, passage_version = 1
    where organization_id = ${organizationId} and id = ${quiz.essayId}`)
  const mine = await handIn(quiz, `The text says ${read} and I agree`)
  await handIn(quiz, `There it is written ${read} which is wrong`)
  await sweepEssays(kit)
  assert.deepEqual((await similar(mine.answerId)).items, [])
})

test('Those who repeat the question do not stand before one who has more in common.', async () => {
  const quiz = await fixture.essayQuiz()
  const words = (count: number, letter: string) =>
    Array.from({ length: count }, (_, at) => `${letter}${at}`).join(' ')
  const asked = words(80, 'q')
  await fixture.school.run(sql`
    update questions set content = ${`<p>${asked}</p>`}
    where organization_id = ${fixture.organizationId} and id = ${quiz.essayId}`)
  const mine = await handIn(quiz, `${asked} ${words(30, 'copied')}`)
  for (let at = 0; at < 11; at += 1) await handIn(quiz, `${asked} ${words(9, `own${at}x`)}`)
  const other = await handIn(quiz, `it is said that ${words(30, 'copied')}`)
  await sweepEssays(kit)
  const { items } = await similar(mine.answerId)
  assert.deepEqual(
    items.map(({ answerId, wordCount }) => [answerId, wordCount]),
    [[other.answerId, 30]],
  )
})

test('Answers are found by the index of their school, also behind row-level security.', async () => {
  const { answerId } = await handIn(await fixture.essayQuiz(), own('Ayanda'))
  await sweepEssays(kit)
  const plan = await fixture.school.transaction(async tx => {
    await tx.run(sql`set local enable_seqscan = off`)
    return tx.rows<{ queryPlan: string }>(sql`explain ${answersWith(tx, [1, 2, 3], answerId)}`)
  })
  const text = plan.map(row => Object.values(row)[0]).join('\n')
  assert.match(text, /Index Cond: .*organization_id = .*print = ANY/)
})

test('Fingerprints go with the attempt, and two who take them at once take them once.', async () => {
  const quiz = await fixture.essayQuiz()
  const { answerId, submissionId } = await handIn(quiz, own('Zanele'))
  const attempt = { organizationId: fixture.organizationId, submissionId }
  await Promise.all([sweepEssays(kit), printAttempt(kit, attempt), printAttempt(kit, attempt)])
  const kept = () =>
    fixture.school.rows(sql`
      select 1 from essay_prints where organization_id = ${fixture.organizationId} and answer_id = ${answerId}`)
  assert.equal((await kept()).length, printsOf(wordsOf(own('Zanele'))).length)
  await fixture.school.run(sql`
    delete from submissions where organization_id = ${fixture.organizationId} and id = ${submissionId}`)
  assert.deepEqual(await kept(), [])
})
