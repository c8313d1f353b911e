import assert from 'node:assert/strict'
import { test } from 'node:test'
import { merged, standardsIn } from './read-standards.ts'

const titles = { code: 'Clave', title: 'Título', description: 'Texto' }
const head = ['Code', 'Title', 'Description']

test('Standards are read by the titles of their columns, in English or as they are called on screen.', () => {
  const standards = [{ code: 'GEO 1', title: 'Read a map', description: 'By its scale.' }]
  assert.deepEqual(standardsIn([head, ['GEO 1', 'Read a map', 'By its scale.'], ['', '', '']], titles), {
    standards,
    rows: [2],
    problems: [],
  })
  assert.deepEqual(
    standardsIn(
      [
        ['texto', 'clave', 'título'],
        ['By its scale.', 'GEO 1', 'Read a map'],
      ],
      titles,
    )?.standards,
    standards,
  )
  assert.equal(standardsIn([['Title'], ['Read a map']], titles), null)
})

test('Rows that are incomplete, too long or there twice are told with their number, and not used.', () => {
  const read = standardsIn(
    [
      head,
      ['', 'Read a map', ''],
      ['GEO 1', ' ', ''],
      ['G'.repeat(31), 'Read a map', ''],
      ['GEO 2', 'Find north', ''],
      ['geo 2', 'Find south', ''],
    ],
    titles,
  )
  assert.deepEqual(read?.problems, [
    { row: 2, problem: 'code_missing' },
    { row: 3, problem: 'title_missing' },
    { row: 4, problem: 'too_long' },
    { row: 6, problem: 'code_twice' },
  ])
  assert.deepEqual(
    read?.standards.map(({ title }) => title),
    ['Find north'],
  )
})

test('A hostile cell is text like any other: on one line, without the apostrophe of an export.', () => {
  const read = standardsIn([head, ["'=1+1", 'A\u0000<b>\nmap</b>', "'@x"]], titles)
  assert.deepEqual(read?.standards, [{ code: '=1+1', title: 'A <b> map</b>', description: '@x' }])
})

test('More than a course may have are told and not used.', () => {
  const rows = Array.from({ length: 102 }, (_, at) => [`MAT ${at}`, 'Count', ''])
  const read = standardsIn([head, ...rows], titles)
  assert.equal(read?.standards.length, 100)
  assert.deepEqual(read?.problems.at(-1), { row: 103, problem: 'too_many' })
})

test('By their code they are those that there are: titles change, new ones come last, the others stay.', () => {
  const current = [
    { id: 'a', code: 'GEO 1', title: 'Read a map', description: 'Old' },
    { id: 'b', code: 'GEO 2', title: 'Find north', description: '' },
    { id: 'c', code: 'GEO 3', title: 'Measure', description: '' },
  ]
  const { standards, added, changed, same, leftOut } = merged(current, [
    { code: 'geo 1', title: 'Read any map', description: '' },
    { code: 'GEO 2', title: 'Find north', description: '' },
    { code: 'GEO 4', title: 'Draw', description: '' },
  ])
  assert.deepEqual([added.length, changed.length, same, leftOut], [1, 1, 1, []])
  assert.deepEqual(
    standards.map(({ id, code, title, description }) => [
      id === added[0]?.id ? 'new' : id,
      code,
      title,
      description,
    ]),
    [
      ['a', 'GEO 1', 'Read any map', 'Old'],
      ['b', 'GEO 2', 'Find north', ''],
      ['c', 'GEO 3', 'Measure', ''],
      ['new', 'GEO 4', 'Draw', ''],
    ],
  )
})

test('What a full course has no room for is left out and told.', () => {
  const current = Array.from({ length: 99 }, (_, at) => ({
    id: String(at),
    code: `MAT ${at}`,
    title: 'Count',
    description: '',
  }))
  const more = ['A', 'B'].map(code => ({ code, title: 'New', description: '' }))
  const { standards, leftOut } = merged(current, more)
  assert.deepEqual([standards.length, leftOut], [100, more.slice(1)])
})

test('A code is read as it is stored, so that a file finds again what it brought.', () => {
  const current = [{ id: 'a', code: 'É 1', title: 'Read', description: '' }]
  const read = standardsIn([head, ['', '', ''], ['E\u0301\u00a0\u00a01', 'Read', '']], titles)
  assert.deepEqual(read?.rows, [3])
  const { added, same } = merged(current, read?.standards ?? [])
  assert.deepEqual([added, same], [[], 1])
})
