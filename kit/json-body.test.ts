import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError } from './errors.ts'
import { checkShape } from './json-body.ts'

const check = (text: string) => checkShape(Buffer.from(text))
const refused = (text: string, reason: RegExp) =>
  assert.throws(
    () => check(text),
    failure =>
      failure instanceof AppError &&
      failure.code === 'invalid_input' &&
      reason.test(failure.data.fields?.[0]?.message ?? ''),
  )

test('The largest quiz, and a lesson of a megabyte, pass.', () => {
  const option = { content: 'a', correct: true, feedback: null }
  const question = {
    content: 'a',
    options: Array(24).fill(option),
    feedback: { general: 'a', correct: null },
  }
  check(JSON.stringify({ title: 'a', questions: Array(400).fill(question) }))
  check(JSON.stringify({ content: '<p> [{,:"\\'.repeat(60_000) }))
})

test('What is nested deeper than any input is refused before it is parsed.', () => {
  check(`${'['.repeat(40)}${']'.repeat(40)}`)
  refused(`{"a":${'['.repeat(40)}${']'.repeat(40)}}`, /more than 40 deep/)
  refused('[{"a":'.repeat(300_000), /more than 40 deep/)
})

test('More values or names than any input has are refused.', () => {
  refused(`[${'1,'.repeat(61_000)}1]`, /more than 60000 values/)
  refused(`[${'{},'.repeat(61_000)}1]`, /more than 60000 values/)
  refused(`{${Array.from({ length: 2001 }, (_, at) => `"${at}":1`).join(',')}}`, /more than 2000 names/)
  check(JSON.stringify(Array(1500).fill({ a: 1, b: { c: 1 } })))
})

test('Brackets and commas inside texts count for nothing, however they are written.', () => {
  check(JSON.stringify({ ['[,:'.repeat(50_000)]: '"{,:\\'.repeat(50_000) }))
  check(`{"a":"${'\\\\'.repeat(1000)}","b":"${'\\"['.repeat(1000)}"}`)
  // A text that never ends is for the parser to refuse.
  check(`{"a":"${'['.repeat(100_000)}`)
})
