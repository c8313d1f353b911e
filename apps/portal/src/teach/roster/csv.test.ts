import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvOf } from './csv.ts'

test('fields with commas, quotes and line breaks are quoted', () => {
  assert.equal(
    csvOf([['a', 'b,c', 'say "hi"', 'two\nlines', 5, null]]),
    'a,"b,c","say ""hi""","two\nlines",5,\r\n',
  )
})

test('what a spreadsheet would run as a formula is only text', () => {
  for (const formula of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1'])
    assert.match(csvOf([[formula]]), /^"?'/, formula)
  assert.equal(csvOf([['=HYPERLINK("x","y")']]), '"\'=HYPERLINK(""x"",""y"")"\r\n')
})

test('a negative number stays a number', () => {
  assert.equal(csvOf([[-5]]), '-5\r\n')
})
