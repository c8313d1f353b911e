import assert from 'node:assert/strict'
import { test } from 'node:test'
import { duplicateOf, inputOf, missingPart, newQuestion } from './question-draft.ts'
import {
  emptyValue,
  freeName,
  lacksValue,
  parametersOf,
  takesValues,
  type ValueDraft,
  valuesDraftOf,
} from './values-draft.ts'

const draftOf = (...items: Partial<ValueDraft>[]) => ({
  items: items.map((item, at) => ({ ...emptyValue('abc'[at] ?? ''), ...item })),
  conditions: '',
})

test('Values are stored as they are written, and come back so.', () => {
  const parameters = {
    algorithm: 1,
    items: [
      { name: 'a', kind: 'number' as const, from: 0.5, to: 3, step: 0.25, except: [1, 2] },
      { name: 'w', kind: 'list' as const, values: ['apples', 'two pears'] },
      { name: 's', kind: 'computed' as const, expression: '2a', rounding: null },
      {
        name: 't',
        kind: 'computed' as const,
        expression: 'a/3',
        rounding: { kind: 'decimals' as const, digits: 0 },
      },
    ],
    conditions: ['a != 0', 'a < 3'],
  }
  const draft = valuesDraftOf(parameters)
  assert.ok(draft && !lacksValue(draft))
  assert.deepEqual(parametersOf(draft), parameters)
  assert.equal(valuesDraftOf(null), null)
  assert.equal(parametersOf(draftOf()), null)
})

test('Numbers may have a comma, and those left out stand apart by spaces or semicolons.', () => {
  const parameters = parametersOf(draftOf({ from: '−0,5', to: '2,5', step: '0,5', except: '0; 1,5 2' }))
  const [item] = parameters?.items ?? []
  assert.deepEqual(item, { name: 'a', kind: 'number', from: -0.5, to: 2.5, step: 0.5, except: [0, 1.5, 2] })
})

test('A row that is not complete is not sent.', () => {
  assert.equal(lacksValue(draftOf({}, {})), false)
  for (const part of [
    { name: '' },
    { name: '2a' },
    { name: 'a b' },
    { from: '' },
    { to: 'x' },
    { step: '0' },
    { except: 'none' },
    { kind: 'list' as const, values: ' \n' },
    { kind: 'computed' as const, expression: '' },
    { kind: 'computed' as const, expression: 'a', rounding: 'decimals' as const, digits: '' },
  ])
    assert.equal(lacksValue(draftOf({}, part)), true, JSON.stringify(part))
  const question = { ...newQuestion('numeric', { true: '', false: '' }), content: '?' }
  assert.equal(missingPart({ ...question, parameters: draftOf({ name: '' }) }, 'quiz'), 'value')
})

test('A new value has a letter that is free, and never one that is a number.', () => {
  assert.equal(freeName(draftOf({}, {}).items), 'c')
  assert.equal(freeName(draftOf(...[...'abcd'].map(name => ({ name }))).items), 'f')
})

test('An answer may be calculated where values change, with braces or without.', () => {
  const question = newQuestion('numeric', { true: '', false: '' })
  assert.ok(question.body?.type === 'numeric')
  const [answer] = question.body.body.answers
  assert.ok(answer)
  const answerOf = (value: string, parameters: ReturnType<typeof draftOf> | null) => {
    const body = { type: 'numeric' as const, body: { answers: [{ ...answer, value }], unit: null } }
    const input = inputOf({ ...question, body, parameters })
    return 'body' in input && input.type === 'numeric' ? input.body.answers?.[0]?.value : null
  }
  const two = draftOf({}, {})
  assert.equal(answerOf(' a + 2,5b ', two), '{{=a + 2,5b}}')
  assert.equal(answerOf('{{a}}', two), '{{a}}')
  assert.equal(answerOf('-2,5', two), '-2.5')
  assert.equal(answerOf('1.6e-19', two), '1.6e-19')
  assert.equal(answerOf('6.02e+23', two), '6.02e+23')
  assert.equal(answerOf('a + b', null), 'a + b')
  assert.equal(answerOf('a + b', draftOf()), 'a + b', 'without a row there is nothing to calculate with')
})

test('A copy of a question keeps its values; a draft of before leaves those that are stored.', () => {
  const question = { ...newQuestion('essay', { true: '', false: '' }), parameters: draftOf({}) }
  assert.deepEqual(inputOf(duplicateOf(question)).parameters, inputOf(question).parameters)
  const { parameters: _, ...older } = question
  assert.ok(!('parameters' in inputOf(older)))
  assert.equal(inputOf({ ...question, parameters: null }).parameters, null)
})

test('Pictures, files and programs have no values.', () => {
  for (const type of ['hotspot', 'labelling', 'upload', 'code', 'item'] as const)
    assert.ok(!takesValues(type))
  for (const type of ['numeric', 'single_choice', 'cloze', 'essay'] as const) assert.ok(takesValues(type))
})
