import assert from 'node:assert/strict'
import { test } from 'node:test'
import { v7 as uuidv7 } from 'uuid'
import { optionsInOrder } from './option-order.ts'

const options = [...'abcdef'].map(id => ({ id, content: id, feedback: null }))
const question = { id: uuidv7(), type: 'single_choice' as const, options }
const order = (attempt: { id: string; shuffleAnswers: boolean }, asked: typeof question = question) =>
  optionsInOrder(attempt, asked)
    .map(option => option.id)
    .join('')

test('Shuffled answers have one order for an attempt and a question, however often they are read.', () => {
  const attempt = { id: uuidv7(), shuffleAnswers: true }
  const first = order(attempt)
  for (let reading = 0; reading < 5; reading++) assert.equal(order({ ...attempt }), first)
  assert.deepEqual([...first].sort(), [...'abcdef'])
})

test('Attempts and questions differ in their order, and every option comes first about equally often.', () => {
  const firsts = new Map<string, number>()
  for (let at = 0; at < 3000; at++) {
    const first = order({ id: uuidv7(), shuffleAnswers: true })[0] ?? ''
    firsts.set(first, (firsts.get(first) ?? 0) + 1)
  }
  for (const option of options) {
    const share = firsts.get(option.id) ?? 0
    assert.ok(share > 400 && share < 600, `${option.id} came first ${share} times of 3000`)
  }
  const attempt = { id: uuidv7(), shuffleAnswers: true }
  const orders = new Set(Array.from({ length: 20 }, () => order(attempt, { ...question, id: uuidv7() })))
  assert.ok(orders.size > 10)
})

test('Answers keep their order where they are not shuffled, and true and false always do.', () => {
  const plain = { id: uuidv7(), shuffleAnswers: false }
  assert.equal(order(plain), 'abcdef')
  const asked = { id: question.id, type: 'true_false' as const, options: options.slice(0, 2) }
  for (let at = 0; at < 20; at++) {
    const kept = optionsInOrder({ id: uuidv7(), shuffleAnswers: true }, asked)
    assert.deepEqual(kept, asked.options)
  }
})

test('An option that stands last does so in every order, and the others are shuffled before it.', () => {
  const none = { ...question, options: options.map(option => ({ ...option, last: option.id === 'b' })) }
  const orders = new Set(
    Array.from({ length: 50 }, () => order({ id: uuidv7(), shuffleAnswers: true }, none)),
  )
  assert.ok(orders.size > 10)
  for (const one of orders) assert.match(one, /^[acdef]{5}b$/)
})
