import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvLine } from './csv.ts'

test('Fields with commas, quotes and line breaks are quoted.', () => {
  assert.equal(
    csvLine(['a', 'b,c', 'say "hi"', 'two\nlines', 5, null]),
    'a,"b,c","say ""hi""","two\nlines",5,\r\n',
  )
})

test('What a spreadsheet would run as a formula is only text.', () => {
  const formulas = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n1',
    ' =1',
    '\u00a0=1',
    '\u200b=1',
    '\u2060\u00ad=1',
    '\uff1d1+1',
    '\uff0b1',
    '\uff0d1',
    '\uff20SUM(A1)',
    '\ufe621',
    '\ufe631',
    '\ufe66 1',
    '\u22121',
    '|calc',
  ]
  for (const formula of formulas) assert.match(csvLine([formula]), /^"?'/, JSON.stringify(formula))
  assert.equal(csvLine(['=HYPERLINK("x","y")']), '"\'=HYPERLINK(""x"",""y"")"\r\n')
})

test('Names and a negative number stay as they are.', () => {
  for (const name of ['Ann-Marie', 'Zoë', '1+1', 'ann@school.example', 'نورة', '李'])
    assert.equal(csvLine([name]), `${name}\r\n`)
  assert.equal(csvLine([-5]), '-5\r\n')
  assert.equal(csvLine([{ amountMinor: -123_456_789_012_345, currency: 'ZAR' }]), '-1234567890123.45\r\n')
})
