import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linesOf } from './lines-of.ts'

test('commas and semicolons divide cells, and quotes hold them together', () => {
  assert.deepEqual(linesOf('\ufeffEmail,"Essay, long"\r\na@b.example,"7"'), [
    ['Email', 'Essay, long'],
    ['a@b.example', '7'],
  ])
  assert.deepEqual(linesOf('Email;Essay\na@b.example;7,5'), [
    ['Email', 'Essay'],
    ['a@b.example', '7,5'],
  ])
})

test('a file that is not CSV is told apart', () => {
  assert.equal(linesOf('Email,"Essay\na@b.example,7'), null)
  assert.equal(linesOf(''), null)
})
