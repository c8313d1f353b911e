import assert from 'node:assert/strict'
import { test } from 'node:test'
import { furthest } from './furthest.ts'

const lessonId = '019ab000-0000-7000-8000-000000000001'

test('progress that waits on the device is never overtaken by an earlier position', () => {
  const waiting = { lessonId, completed: true, positionPercent: 80, positionSeconds: 12 }
  const later = { lessonId, completed: false, positionPercent: 30, positionSeconds: 40 }
  assert.deepEqual(furthest(waiting, later), {
    lessonId,
    completed: true,
    positionPercent: 80,
    positionSeconds: 40,
  })
})

test('progress without anything waiting is sent as it is', () => {
  const only = { lessonId, completed: false, positionPercent: 5, positionSeconds: 0 }
  assert.deepEqual(furthest(undefined, only), only)
})
