import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inOrder, nextToMark } from './order.ts'

const item = (id: string, questionId: string, alias: string, state: 'waiting' | 'marked' = 'waiting') => ({
  id,
  questionId,
  alias,
  state,
  markedByYou: null,
})
const items = [item('1', 'q1', 'A'), item('2', 'q2', 'A'), item('3', 'q1', 'B'), item('4', 'q2', 'B')]
const ids = (list: { id: string }[]) => list.map(({ id }) => id).join('')

test('Answers come question by question, or learner by learner.', () => {
  assert.equal(ids(inOrder(items, ['q1', 'q2'], 'question')), '1324')
  assert.equal(ids(inOrder(items, ['q2', 'q1'], 'learner')), '2143')
})

test('After an answer comes the next that is not marked, at the end from the beginning.', () => {
  const [one, two, three, four] = items as [never, never, never, never]
  const marked = (given: object) => ({ ...(given as (typeof items)[0]), state: 'marked' as const })
  assert.equal(nextToMark([one, marked(two), three, four], '1'), '3')
  assert.equal(nextToMark([one, two, three, marked(four)], '4'), '1')
  assert.equal(nextToMark([one, two], null), '1')
  assert.equal(nextToMark([marked(one), marked(two)], '1'), null)
  assert.equal(nextToMark([one, marked(two)], '1'), null)
})

type Item = Parameters<typeof nextToMark>[0][number]
test('What another person has begun comes when nothing else is left, and what one began oneself in its turn.', () => {
  const [one, two, three] = items as [Item, Item, Item]
  const begun = (given: Item, markedByYou: boolean) => ({ ...given, state: 'draft' as const, markedByYou })
  assert.equal(nextToMark([one, begun(two, false), three], '1'), '3')
  assert.equal(nextToMark([begun(one, false), two], null), '2')
  assert.equal(nextToMark([one, begun(two, true), three], '1'), '2')
  assert.equal(nextToMark([{ ...one, state: 'marked' }, begun(two, false)], '1'), '2')
})
