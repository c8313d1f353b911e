import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { AppError } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { education } from '../service.ts'
import { addFiles, refuseBeyondQuota } from './quota.ts'
import { selectStorageUse } from './storage.store.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())

const quota = { schoolBytes: 1000, personBytes: 600 }

async function makeCourse() {
  const [organizationId, courseId, instructorId] = [randomUUID(), randomUUID(), randomUUID()]
  const school = kit.db.in(organizationId)
  await school.run(sql`
    insert into courses (id, organization_id, slug, title, summary, description, instructor_id, category, level, language)
    values (${courseId}, ${organizationId}, ${courseId}, 'A', '', '', ${instructorId}, 'B', 'beginner', 'en')`)
  const add = (userId: string, size: number) => {
    const id = randomUUID()
    const file = {
      id,
      organizationId,
      courseId,
      name: 'a',
      mediaType: 'text/plain',
      size,
      sha256: '',
      blobKey: id,
    }
    return school.transaction(tx =>
      addFiles(tx, quota, userId, [{ ...file, attachment: false, createdBy: userId }]),
    )
  }
  return { school, courseId, add }
}

const reached = (failure: unknown) =>
  failure instanceof AppError && failure.code === 'storage_quota_reached' ? failure.data.storage : failure

test('Files up to the last byte of a quota are kept; one byte more is refused with what is used and what is left.', async () => {
  const { school, add } = await makeCourse()
  const person = randomUUID()
  await add(person, 600)
  await assert.rejects(add(person, 1), failure => {
    assert.deepEqual(reached(failure), { of: 'person', usedBytes: 600, limitBytes: 600 })
    assert.match((failure as Error).message, /MB is left/)
    return true
  })
  await add(randomUUID(), 400)
  await assert.rejects(add(randomUUID(), 1), failure => {
    assert.deepEqual(reached(failure), { of: 'school', usedBytes: 1000, limitBytes: 1000 })
    return true
  })
  assert.deepEqual(await selectStorageUse(school, person), { schoolBytes: 1000, personBytes: 600 })
})

test('Of uploads that arrive at once as many are kept as have room, and never one more.', async () => {
  for (const [size, most] of [
    [100, 6],
    [101, 5],
  ] as const) {
    const { school, add } = await makeCourse()
    const person = randomUUID()
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => add(person, size)))
    assert.equal(outcomes.filter(outcome => outcome.status === 'fulfilled').length, most)
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        assert.equal((outcome.reason as AppError).code, 'storage_quota_reached')
    assert.equal((await selectStorageUse(school, person)).schoolBytes, most * size)
  }
})

test('People who upload at once share the quota of their school.', async () => {
  const { school, add } = await makeCourse()
  const outcomes = await Promise.allSettled(Array.from({ length: 14 }, () => add(randomUUID(), 100)))
  assert.equal(outcomes.filter(outcome => outcome.status === 'fulfilled').length, 10)
  assert.equal((await selectStorageUse(school, randomUUID())).schoolBytes, 1000)
})

test('What goes with a course is given back, and an upload is refused before it is received when it cannot fit.', async () => {
  const { school, courseId, add } = await makeCourse()
  const person = randomUUID()
  await add(person, 500)
  await assert.rejects(refuseBeyondQuota(school, quota, person, 101), { code: 'storage_quota_reached' })
  await refuseBeyondQuota(school, quota, person, 100)
  await school.run(sql`delete from courses where id = ${courseId}`)
  assert.deepEqual(await selectStorageUse(school, person), { schoolBytes: 0, personBytes: 0 })
})

test('Another school neither counts nor is seen.', async () => {
  const [one, other] = [await makeCourse(), await makeCourse()]
  const person = randomUUID()
  await one.add(person, 600)
  assert.deepEqual(await selectStorageUse(other.school, person), { schoolBytes: 0, personBytes: 0 })
  await other.add(person, 600)
})
