import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BookItem } from '../book.ts'
import { gradesIn } from './read-file.ts'

const item = (id: string, title: string, quizId: string | null = null): BookItem => ({
  id,
  quizId,
  title,
  categoryId: 'c',
  points: 20,
  extraCredit: false,
  hidden: false,
  countedAttempt: 'best',
  due: true,
  scoreShown: true,
})
const book = {
  items: [
    item('i1', 'Journal'),
    item('i2', '=Essay'),
    item('i3', 'Quiz', 'q'),
    item('i4', 'Twin'),
    item('i5', 'Twin'),
  ],
}
const learners = [
  { userId: 'u1', name: 'Lwazi', email: 'Lwazi@school.example' },
  { userId: 'u2', name: 'Naledi', email: 'naledi@school.example' },
]
const read = (lines: string[][]) => gradesIn(lines, book, learners, ['Learner'])

test('learners are found by email or id, columns by their title, and empty cells change nothing', () => {
  assert.deepEqual(
    read([
      ['ID', 'Learner', 'Email', 'journal ', "'=Essay"],
      ['u2', 'Any', '', '12,5', ''],
      ['', '', 'LWAZI@school.example', '', 'ex'],
      ['', '', '', '', ''],
    ]),
    {
      itemIds: ['i1', 'i2'],
      rows: [
        { userId: 'u2', scores: [12.5, null] },
        { userId: 'u1', scores: [null, 'excused'] },
      ],
      problems: [],
    },
  )
})

test('what is not understood is named with its place, and the rest is read', () => {
  const found = read([
    ['Email', 'Journal', 'Quiz', 'Twin', 'Nothing'],
    ['lwazi@school.example', 'good', '1', '1', '1'],
    ['stranger@school.example', '5', '', '', ''],
    ['naledi@school.example', '7', '', '', ''],
    ['naledi@school.example', '8', '', '', ''],
  ])
  assert.deepEqual(found?.rows, [
    { userId: 'u1', scores: [null] },
    { userId: 'u2', scores: [7] },
  ])
  assert.deepEqual(found?.problems, [
    { problem: 'item_is_quiz', column: 'Quiz' },
    { problem: 'column_twice', column: 'Twin' },
    { problem: 'column_unknown', column: 'Nothing' },
    { problem: 'not_a_score', row: 2, column: 'Journal', text: 'good' },
    { problem: 'learner_unknown', row: 3, who: 'stranger@school.example' },
    { problem: 'learner_twice', row: 5, who: 'naledi@school.example' },
  ])
})

test('a file that does not say whose grades they are is none', () => {
  assert.equal(
    read([
      ['Name', 'Journal'],
      ['Lwazi', '5'],
    ]),
    null,
  )
})
