import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawn, withPart } from './area.ts'

test('A press is a point, and a drawing a rectangle, whichever way it was drawn.', () => {
  assert.deepEqual(drawn({ x: 0.5, y: 0.25 }, { x: 0.505, y: 0.25 }), {
    x: 0.5,
    y: 0.25,
    width: 0,
    height: 0,
  })
  const there = drawn({ x: 0.25, y: 0.5 }, { x: 0.75, y: 1 })
  assert.deepEqual(there, { x: 0.25, y: 0.5, width: 0.5, height: 0.5 })
  assert.deepEqual(drawn({ x: 0.75, y: 1 }, { x: 0.25, y: 0.5 }), there)
})

test('What is drawn beyond the picture ends at its edge.', () => {
  assert.deepEqual(drawn({ x: 0.5, y: 0.5 }, { x: 1.5, y: -3 }), { x: 0.5, y: 0, width: 0.5, height: 0.5 })
})

test('An area that is moved or enlarged in numbers stays within the picture.', () => {
  const area = { x: 0, y: 0, width: 0.5, height: 0.5 }
  assert.deepEqual(withPart(area, 'x', 0.75), { x: 0.75, y: 0, width: 0.25, height: 0.5 })
  assert.deepEqual(withPart(area, 'height', 2), { x: 0, y: 0, width: 0.5, height: 1 })
})
