import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hardestFirst, rightShare, shareOf } from './share.ts'

const version = (rightCount: number | null, askedCount: number) => ({ rightCount, askedCount })

test('A share is a whole number of per cent, and there is none of nothing.', () => {
  assert.deepEqual([shareOf(1, 3), shareOf(0, 4), shareOf(0, 0)], [33, 0, null])
})

test('How hard a question is follows from the newest version that was asked.', () => {
  assert.equal(rightShare([version(0, 0), version(3, 4)]), 75)
  assert.equal(rightShare([version(1, 2), version(4, 4)]), 50)
  assert.equal(rightShare([version(null, 9)]), null)
  assert.equal(rightShare([version(0, 0)]), null)
})

test('The hardest question comes first, and one that nobody was asked last.', () => {
  const named = (name: string, ...versions: ReturnType<typeof version>[]) => ({ name, versions })
  const questions = [
    named('unasked', version(0, 0)),
    named('easy', version(4, 4)),
    named('hard', version(1, 4)),
    named('as hard', version(1, 4)),
  ]
  assert.deepEqual(
    hardestFirst(questions).map(({ name }) => name),
    ['hard', 'as hard', 'easy', 'unasked'],
  )
})
