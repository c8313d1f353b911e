import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { plainSettings } from '../quizzes/quiz-fixture.ts'
import { insertQuiz } from '../quizzes/quizzes.store.ts'
import { assessment } from '../service.ts'
import { lockQuizRows, replacePlaces, selectIsHeld, selectPlaces } from './places.store.ts'

let kit: TestKit
const organizationId = randomUUID()

before(async () => {
  kit = await createTestKit(assessment)
})
after(() => kit.dispose())

async function quizIn(courseId: string, bank = false): Promise<string> {
  const id = randomUUID()
  await insertQuiz(kit.db.in(organizationId), {
    id,
    organizationId,
    courseId,
    ...plainSettings,
    bank,
    createdBy: randomUUID(),
  })
  return id
}

test('Quizzes of the course are held; no other course\u2019s, no bank, none that there is not.', async () => {
  const [courseId, otherId] = [randomUUID(), randomUUID()]
  const [own, bank, other] = [await quizIn(courseId), await quizIn(courseId, true), await quizIn(otherId)]
  const school = kit.db.in(organizationId)
  const held = await school.transaction(tx => lockQuizRows(tx, courseId, [own, bank, other, randomUUID()]))
  assert.deepEqual(held, [{ quizId: own, questionCount: 0 }])
  assert.deepEqual([await selectIsHeld(school, own), await selectIsHeld(school, other)], [true, false])
})

test('Where quizzes stand is replaced whole, and an event that comes late changes nothing.', async () => {
  const [courseId, quizId, lessonId] = [randomUUID(), randomUUID(), randomUUID()]
  const school = kit.db.in(organizationId)
  const hear = (revision: number, open: boolean[]) =>
    school.transaction(tx =>
      replacePlaces(tx, {
        courseId,
        organizationId,
        revision,
        places: open.map(one => ({ quizId, lessonId, lessonTitle: 'Rivers', open: one })),
      }),
    )
  const known = async () => (await selectPlaces(school, quizId)).map(place => place.open)
  await hear(1, [true])
  await hear(3, [false])
  await hear(2, [true])
  await hear(3, [true])
  assert.deepEqual(await known(), [false])
  await hear(4, [])
  assert.deepEqual(await known(), [])
})
