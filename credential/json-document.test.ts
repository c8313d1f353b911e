import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readJsonDocument, UnreadableDocument } from './json-document.ts'

function assertUnreadable(input: unknown, reason: RegExp): void {
  assert.throws(
    () => readJsonDocument(input),
    error => error instanceof UnreadableDocument && reason.test(error.message),
  )
}

test('text and parsed JSON read the same, as a copy', () => {
  const source = { a: ['x', 1, true, { b: 'ü' }] }
  const copy = readJsonDocument(source)
  assert.deepEqual(copy, source)
  assert.notEqual(copy, source)
  assert.deepEqual(readJsonDocument(JSON.stringify(source)), source)
})

test('what is not a JSON object is refused', () => {
  for (const text of ['', '{', 'PK\u0003\u0004', '<html>']) assertUnreadable(text, /not JSON/)
  for (const text of ['[1]', '"text"', '7', 'true']) assertUnreadable(text, /not a JSON object/)
  assertUnreadable('null', /not a JSON object/)
  assertUnreadable(undefined, /not JSON/)
  assertUnreadable(12n, /not something that JSON can hold/)
  const cycle: { self?: object } = {}
  cycle.self = cycle
  assertUnreadable(cycle, /not something that JSON can hold/)
})

test('more than 1 MiB is refused, counted in bytes', () => {
  assert.ok(readJsonDocument({ a: 'x'.repeat(1024 * 1024 - 8) }))
  assertUnreadable({ a: 'x'.repeat(1024 * 1024 - 7) }, /1 MiB/)
  assertUnreadable({ a: 'é'.repeat(600_000) }, /1 MiB/)
})

test('deep nesting is refused, even deeper than the stack', () => {
  const nested = (depth: number) => `{"a":${'['.repeat(depth)}1${']'.repeat(depth)}}`
  assert.ok(readJsonDocument(nested(23)))
  assertUnreadable(nested(24), /nested more than 24 deep/)
  assertUnreadable(nested(500_000), /nested more than 24 deep/)
})

test('more than 2500 values are refused', () => {
  assert.ok(readJsonDocument({ a: Array(2490).fill(1) }))
  assertUnreadable({ a: Array(2500).fill(1) }, /more than 2500 values/)
  assertUnreadable({ a: Array(100).fill(Array(100).fill(1)) }, /more than 2500 values/)
})

test('more than 400 objects are refused, wherever they lie', () => {
  assert.ok(readJsonDocument({ a: Array(399).fill({ b: 1 }) }))
  assertUnreadable({ a: Array(400).fill({ b: 1 }) }, /more than 400 objects/)
  assertUnreadable({ a: Array(200).fill({ b: { c: 1 } }) }, /more than 400 objects/)
})

test('a number beyond what JSON numbers reach is refused', () => {
  assertUnreadable('{"a":1e999}', /a is too large a number/)
})
