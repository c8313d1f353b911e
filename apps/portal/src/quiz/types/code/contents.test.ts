import assert from 'node:assert/strict'
import { it } from 'node:test'
import { answerOf, filesWith } from './contents.ts'

const files = [
  { path: 'main.py', content: 'begin', locked: false },
  { path: 'towns.csv', content: 'Lusaka', locked: true },
  { path: 'part.py', content: 'part', locked: false },
]

it('what was written stands in the files that are not locked, in their order', () => {
  assert.deepEqual(
    filesWith({ files }, ['one', 'two']).map(({ content }) => content),
    ['one', 'Lusaka', 'two'],
  )
})

it('a file that was not written is as it began, and an emptied one is empty', () => {
  assert.deepEqual(
    filesWith({ files }, ['']).map(({ content }) => content),
    ['', 'Lusaka', 'part'],
  )
})

it('files that are as they began are no answer', () => {
  assert.deepEqual(answerOf({ files }, filesWith({ files }, ['begin', 'part'])), [])
  assert.deepEqual(answerOf({ files }, filesWith({ files }, ['begin', ''])), ['begin', ''])
})
