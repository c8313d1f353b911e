import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Role, roles } from '../permissions.ts'
import { authorsCourse } from './author-rule.ts'

const course = { instructorId: 'thabo' }
const answers = (userId: string) => roles.filter(role => authorsCourse({ userId, roles: [role] }, course))

test('A course is authored by its instructor and by administrators, and by nobody else.', () => {
  assert.deepEqual(answers('thabo'), ['instructor', 'admin'] satisfies Role[])
  assert.deepEqual(answers('naledi'), ['admin'] satisfies Role[])
})

test('Who taught a course and teaches no more authors it no more.', () => {
  assert.equal(authorsCourse({ userId: 'thabo', roles: [] }, course), false)
  assert.equal(authorsCourse({ userId: 'thabo', roles: ['learner', 'auditor'] }, course), false)
  assert.equal(authorsCourse({ userId: 'thabo', roles: ['learner', 'instructor'] }, course), true)
})
