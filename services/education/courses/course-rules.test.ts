import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayAskAccess, mayView, taughtBy } from './course-rules.ts'

const author = { userId: 'thabo', roles: ['instructor' as const] }
const colleague = { userId: 'naledi', roles: ['instructor' as const] }
const learner = { userId: 'lwazi', roles: ['learner' as const] }
const admin = { userId: 'ayanda', roles: ['admin' as const] }
const statuses = ['draft', 'published', 'archived'] as const

/** The statuses in which a course is there for someone. */
const seen = (
  may: typeof mayAskAccess,
  person: typeof learner | typeof author | typeof admin,
  enrolled = false,
) => statuses.filter(status => may(person, { instructorId: 'thabo', status }, enrolled))

test('The page of a published course is there for anyone, with or without an account.', () => {
  assert.deepEqual(seen(mayView, learner), ['published'])
  assert.deepEqual(seen(mayView, colleague), ['published'])
  const forVisitors = statuses.filter(status => mayView(null, { instructorId: 'thabo', status }, false))
  assert.deepEqual(forVisitors, ['published'])
})

test('The page of any course is there for its author, for administrators and for those in it.', () => {
  assert.deepEqual(seen(mayView, author), statuses)
  assert.deepEqual(seen(mayView, admin), statuses)
  assert.deepEqual(seen(mayView, learner, true), statuses)
})

test('Members may ask what they may do in any course but a draft, which only its own people know of.', () => {
  assert.deepEqual(seen(mayAskAccess, learner), ['published', 'archived'])
  assert.deepEqual(seen(mayAskAccess, colleague), ['published', 'archived'])
  assert.deepEqual(seen(mayAskAccess, author), statuses)
  assert.deepEqual(seen(mayAskAccess, admin), statuses)
  assert.deepEqual(seen(mayAskAccess, learner, true), statuses)
})

test('Instructors see the courses that they teach, administrators those of the whole school.', () => {
  assert.equal(taughtBy(author), 'thabo')
  assert.equal(taughtBy(admin), null)
})
