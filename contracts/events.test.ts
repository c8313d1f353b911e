import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NewerEvent, readPayload, versionOf } from './events.ts'

const school = '00000000-0000-7000-8000-000000000001'
const courseId = '00000000-0000-7000-8000-000000000002'

/** As if `course.deleted` had been published as `{ course, school }`, then as `{ courseId, school }`. */
const changed = {
  versions: { 'course.deleted': 3 },
  upgrades: {
    'course.deleted': {
      1: (old: unknown) => {
        const { course, school } = old as { course: string; school: string }
        return { courseId: course, school }
      },
      2: (old: unknown) => {
        const { courseId, school } = old as { courseId: string; school: string }
        return { courseId, organizationId: school }
      },
    },
  },
}

test('A payload of an earlier version is read as one of today.', () => {
  const today = { courseId, organizationId: school }
  assert.deepEqual(readPayload('course.deleted', 1, { course: courseId, school }, changed), today)
  assert.deepEqual(readPayload('course.deleted', 2, { courseId, school }, changed), today)
  assert.deepEqual(readPayload('course.deleted', 3, today, changed), today)
})

test('A payload of a newer version is not read at all.', () => {
  assert.equal(versionOf('course.deleted', changed), 3)
  const today = { courseId, organizationId: school }
  assert.throws(() => readPayload('course.deleted', 4, today, changed), NewerEvent)
})

test('A version that nothing leads on from is a fault of ours.', () => {
  const gap = { ...changed, upgrades: {} }
  assert.throws(() => readPayload('course.deleted', 1, {}, gap), /Nothing leads from version 1/)
})

test('What is not of its shape is refused, whatever its version.', () => {
  assert.throws(() => readPayload('course.deleted', 1, { courseId: 'x', organizationId: school }), {
    name: 'ZodError',
  })
})
