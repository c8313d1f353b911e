import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessToFile } from './file-rules.ts'

const author = { userId: 'thabo', roles: ['instructor' as const] }
const colleague = { userId: 'naledi', roles: ['instructor' as const] }
const learner = { userId: 'lwazi', roles: ['learner' as const] }
const admin = { userId: 'ayanda', roles: ['admin' as const] }
const file = { instructorId: 'thabo', isCover: false, courseStatus: 'published', forLearners: true }
const cover = { ...file, isCover: true }

test('The cover of a published course is for anyone, with or without an account.', () => {
  for (const reader of [null, learner, colleague]) assert.equal(accessToFile(reader, cover), 'yes')
})

test('The cover of any other course, and any other file, is not for a visitor.', () => {
  assert.equal(accessToFile(null, file), 'no')
  assert.equal(accessToFile(null, { ...cover, courseStatus: 'draft' }), 'no')
})

test('What learners are shown is for those who are enrolled; what they are not is for its authors alone.', () => {
  const unshown = { ...file, forLearners: false }
  for (const reader of [learner, colleague]) {
    assert.equal(accessToFile(reader, file), 'if_enrolled')
    assert.equal(accessToFile(reader, { ...cover, courseStatus: 'draft' }), 'if_enrolled')
    assert.equal(accessToFile(reader, unshown), 'no')
  }
  for (const reader of [author, admin]) {
    assert.equal(accessToFile(reader, file), 'yes')
    assert.equal(accessToFile(reader, unshown), 'yes')
  }
})
