import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allFiles, read } from './repository.ts'

const mostLines = 400

const counted = (path: string) => /\.(?:ts|tsx|mjs|js|css)$/.test(path)
const linesOf = (path: string) => read(path).split('\n').length - 1

test('A file holds one idea: at most 400 lines, and rather 300.', () => {
  const faults = allFiles
    .filter(path => counted(path) && linesOf(path) > mostLines)
    .map(
      path =>
        `${path} has ${linesOf(path)} lines: find the second idea in it and give that a file named after it.`,
    )
  assert.deepEqual(faults, [])
})
