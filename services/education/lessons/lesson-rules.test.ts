import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusalToRead } from './lesson-rules.ts'

const learner = { userId: 'lwazi', roles: ['learner' as const] }
const colleague = { userId: 'naledi', roles: ['instructor' as const] }
const lesson = { instructorId: 'thabo', visible: true, courseStatus: 'published' as const }
const hidden = { ...lesson, visible: false }
const unlisted = (['draft', 'archived'] as const).map(courseStatus => ({ ...lesson, courseStatus }))

test('A lesson is read by those who are enrolled, whatever has become of the course since.', () => {
  for (const each of [lesson, ...unlisted]) assert.equal(refusalToRead(learner, each, true), null)
})

test('Who is not enrolled is told so where the catalogue shows the course, and nothing of any other.', () => {
  for (const person of [learner, colleague]) {
    assert.equal(refusalToRead(person, lesson, false), 'not_enrolled')
    for (const each of unlisted) assert.equal(refusalToRead(person, each, false), 'not_found')
  }
})

test('A lesson that learners do not see is not there for them, enrolled or not.', () => {
  for (const person of [learner, colleague]) {
    assert.equal(refusalToRead(person, hidden, true), 'not_found')
    assert.equal(refusalToRead(person, hidden, false), 'not_found')
  }
})

test('The author of a course and administrators read all of its lessons without being enrolled.', () => {
  const author = { userId: 'thabo', roles: ['instructor' as const] }
  const admin = { userId: 'ayanda', roles: ['admin' as const] }
  for (const person of [author, admin])
    for (const each of [lesson, hidden, ...unlisted]) assert.equal(refusalToRead(person, each, false), null)
})
