import assert from 'node:assert/strict'
import { test } from 'node:test'
import { arrivalOf, arrivalQuery } from './arrival.ts'

const course = '019f0000-0000-7000-8000-00000000000a'

test('who was sent to sign in goes on where they wanted to, course included', () => {
  assert.deepEqual(arrivalOf({ next: '/learn/a', enrol: course }), {
    destination: '/learn/a',
    courseId: course,
  })
  assert.deepEqual(arrivalOf({}), { destination: '/start', courseId: null })
})

test('who comes back from a provider goes where they wanted to before they left', () => {
  const before = { destination: '/courses/bees?x=1', courseId: course }
  assert.deepEqual(arrivalOf({ next: `/signin?${arrivalQuery(before)}` }), before)
})

test('a place of another site is not reached through a layer either', () => {
  const hostile = `/signin?next=${encodeURIComponent('//evil.example')}`
  assert.equal(arrivalOf({ next: hostile }).destination, '/start')
})

test('signing in never leads back to signing in', () => {
  const once = `/signin?next=${encodeURIComponent('/signin?next=/learn')}`
  const { destination } = arrivalOf({ next: `/signin?next=${encodeURIComponent(once)}` })
  assert.equal(destination, '/learn')
})
