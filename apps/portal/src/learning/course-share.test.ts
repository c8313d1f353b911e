import assert from 'node:assert/strict'
import { test } from 'node:test'
import { courseShare } from './course-share.ts'

const lesson = (id: string, completed = false, required = true) => ({ id, completed, required })

test('what is done on this device counts at once, required lessons alone, rounded down', () => {
  const lessons = [lesson('a', true), lesson('b'), lesson('c'), lesson('d', false, false)]
  assert.equal(
    courseShare(lessons, 33, () => false),
    33,
  )
  assert.equal(
    courseShare(lessons, 33, id => id === 'b'),
    66,
  )
  assert.equal(
    courseShare(lessons, 33, id => id === 'd'),
    33,
  )
})

test('a share that the service told is not undercut, as when a completed course has grown', () => {
  assert.equal(
    courseShare([lesson('a', true), lesson('b')], 100, () => false),
    100,
  )
  assert.equal(
    courseShare([], 0, () => true),
    0,
  )
})
