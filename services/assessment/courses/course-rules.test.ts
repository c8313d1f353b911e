import assert from 'node:assert/strict'
import { test } from 'node:test'
import { knownRole } from './course-rules.ts'

const learner = { userId: 'lwazi', roles: ['learner' as const] }
const author = { userId: 'thabo', roles: ['instructor' as const] }
const colleague = { userId: 'naledi', roles: ['instructor' as const] }
const admin = { userId: 'ayanda', roles: ['admin' as const] }
const course = { instructorId: 'thabo', enrolled: false }

test('By our own copy, its instructor and administrators author a course, and who is enrolled learns in it.', () => {
  for (const person of [author, admin])
    assert.deepEqual(knownRole(person, course), { author: true, enrolled: false })
  assert.deepEqual(knownRole(learner, { ...course, enrolled: true }), { author: false, enrolled: true })
  assert.deepEqual(knownRole(author, { ...course, enrolled: true }), { author: true, enrolled: true })
})

test('Where our copy knows of no right, it is no refusal: education may know more.', () => {
  for (const person of [learner, colleague]) assert.equal(knownRole(person, course), null)
  assert.equal(knownRole({ userId: 'thabo', roles: ['learner'] }, course), null)
})
