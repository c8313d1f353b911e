import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allFiles, read } from './repository.ts'

const mostLines = 400

/** Longer files, with the reason. */
const exempt = new Map([
  ['contracts/education.ts', 'one contract file per service; a plain list of operations, read by searching'],
])

const counted = (path: string) => /\.(?:ts|tsx|mjs|js|css)$/.test(path)
const linesOf = (path: string) => read(path).split('\n').length - 1

test('A file holds one idea: at most 400 lines, and rather 300.', () => {
  const faults = allFiles
    .filter(path => counted(path) && !exempt.has(path) && linesOf(path) > mostLines)
    .map(
      path =>
        `${path} has ${linesOf(path)} lines: find the second idea in it and give that a file named after it.`,
    )
  assert.deepEqual(faults, [])
})

test('Every exemption from the size is still needed.', () => {
  for (const path of exempt.keys())
    assert.ok(linesOf(path) > mostLines, `${path} has become short: delete it here.`)
})
