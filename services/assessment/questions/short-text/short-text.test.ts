import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shortTextBody } from '@azora/contracts/assessment/question-types/short-text.ts'
import fc from 'fast-check'
import { hasInOrder } from './compare-text.ts'
import { markText, shortText } from './short-text.ts'
import { differAtMost } from './spelling.ts'

const body = (answers: object[], settings: object = {}) => shortTextBody.parse({ answers, ...settings })
const reasonOf = (given: string, answers: object[], settings: object = {}) =>
  markText('q', body(answers, settings), given).reason

test('Spaces, kinds of quotation marks and Unicode forms are nobody’s mistake.', () => {
  assert.equal(reasonOf('  the   river ', [{ text: 'the river' }]), 'right')
  assert.equal(reasonOf('o’clock', [{ text: "o'clock" }]), 'right')
  assert.equal(reasonOf('cafe\u0301', [{ text: 'café' }]), 'right')
  assert.equal(reasonOf('twenty–one', [{ text: 'twenty-one' }]), 'right')
})

test('Capital letters and accents count where the author says so.', () => {
  assert.equal(reasonOf('zambezi', [{ text: 'Zambezi' }]), 'right')
  assert.equal(reasonOf('zambezi', [{ text: 'Zambezi' }], { caseSensitive: true }), 'wrong')
  assert.equal(reasonOf('resume', [{ text: 'résumé' }]), 'wrong')
  assert.equal(reasonOf('resume', [{ text: 'résumé' }], { accentSensitive: false }), 'right')
  assert.equal(reasonOf('STRASSE', [{ text: 'Straße' }]), 'right')
  assert.equal(reasonOf('ISTANBUL', [{ text: 'ıstanbul' }], { language: 'tr' }), 'right')
})

test('A slip of spelling is forgiven in a word that is long enough, and never in a number.', () => {
  const tolerant = { spelling: 'tolerant' }
  assert.equal(reasonOf('photosinthesis', [{ text: 'photosynthesis' }], tolerant), 'spelling_forgiven')
  assert.equal(reasonOf('fotosinthesis', [{ text: 'photosynthesis' }], tolerant), 'wrong')
  assert.equal(reasonOf('rievr', [{ text: 'river' }], tolerant), 'spelling_forgiven')
  assert.equal(reasonOf('rievr', [{ text: 'river' }]), 'wrong')
  assert.equal(reasonOf('car', [{ text: 'cat' }], tolerant), 'wrong')
  for (const [given, text] of [
    ['decrease', 'increase'],
    ['exothermic', 'endothermic'],
  ] as const)
    assert.equal(reasonOf(given, [{ text }], tolerant), 'wrong', given)
  assert.equal(reasonOf('1915', [{ text: '1914' }], tolerant), 'wrong')
  assert.equal(reasonOf('theriver', [{ text: 'the river' }], tolerant), 'wrong')
})

test('The answer that earns most counts, and an exact one before a misspelt one of the same share.', () => {
  const answers = [
    { text: 'river', share: 50 },
    { text: 'rivers', share: 100 },
  ]
  assert.equal(markText('q', body(answers, { spelling: 'tolerant' }), 'rivers').earned, 1)
  assert.equal(markText('q', body(answers), 'river').earned, 0.5)
  assert.equal(reasonOf('river', answers), 'partly')
})

test('A star stands for anything, and everything else for itself.', () => {
  assert.equal(reasonOf('the water of rivers', [{ text: '*river*', match: 'wildcard' }]), 'right')
  assert.equal(reasonOf('a.c', [{ text: 'a.c', match: 'wildcard' }]), 'right')
  assert.equal(reasonOf('abc', [{ text: 'a.c', match: 'wildcard' }]), 'wrong')
  assert.equal(reasonOf('line\nriver', [{ text: '*RIVER', match: 'wildcard' }]), 'right')
})

test('Stars are what a regular expression makes of them.', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', '.'), { maxLength: 8 }).map(all => all.join(''))
  const starred = fc.array(fc.constantFrom('a', 'b', '.', '*'), { maxLength: 8 }).map(all => all.join(''))
  fc.assert(
    fc.property(letters, starred, (text, pattern) => {
      const expected = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(text)
      assert.equal(hasInOrder(text, pattern.split('*')), expected)
    }),
    { numRuns: 3000 },
  )
  const many = { text: '*a'.repeat(250), match: 'wildcard' }
  assert.equal(reasonOf('a'.repeat(500), [many]), 'right', 'as many as fit')
})

test('A pattern is for the whole answer.', () => {
  const pattern = [{ text: 'colou?r|hue', match: 'pattern' }]
  assert.equal(reasonOf('Color', pattern), 'right')
  assert.equal(reasonOf('colors', pattern), 'wrong')
  assert.equal(reasonOf('my hue', pattern), 'wrong')
})

test('A pattern that RE2 cannot run is refused; one that makes other engines explode is run in time.', () => {
  const faultOf = (text: string) => shortText.fault(body([{ text, match: 'pattern' }]), '', false)
  for (const bad of [
    '(',
    '(?=x)',
    '(a)\\1',
    'a{100000}',
    `(?:${'a?'.repeat(240)}){1000}`,
    'a{200}',
    '(a{20}){20}',
  ])
    assert.equal(faultOf(bad), 'bad_pattern', bad)
  const explosive = [{ text: '(a+)+(a|aa)*b', match: 'pattern' }]
  assert.equal(faultOf('(a+)+(a|aa)*b'), null)
  assert.equal(reasonOf('a'.repeat(500), explosive), 'wrong')
  // Values that were drawn can make one so when it is too late to refuse it.
  assert.equal(reasonOf('a', [{ text: 'a{200}', match: 'pattern' }, { text: 'b' }]), 'wrong')
  assert.equal(reasonOf('b', [{ text: '(', match: 'pattern' }, { text: 'b' }]), 'right')
})

test('A pattern means the signs that people type, and nobody is told a pattern or a wrong text as the answer.', () => {
  assert.equal(reasonOf("o'clock", [{ text: 'o’clock|noon', match: 'pattern' }]), 'right')
  const answers = [
    { text: 'zambe[sz]i', match: 'pattern' },
    { text: 'Kariba', share: 0, feedback: 'That is the dam.' },
  ]
  assert.equal(markText('q', body(answers), 'Limpopo').expected, null)
})

test('A question needs an answer that earns everything, unless it is asked in a survey.', () => {
  assert.equal(shortText.fault(body([{ text: 'x', share: 50 }]), '', false), 'no_correct_answer')
  assert.equal(shortText.fault(body([]), '', false), 'no_correct_answer')
  assert.equal(shortText.fault(body([]), '', true), null)
})

test('Nothing of the body is shown to who answers.', () => {
  const open = shortText.open(body([{ text: 'secret', feedback: 'secret' }]), parts => parts)
  assert.deepEqual(open, {})
})

test('The distance is the one that a full table gives.', () => {
  const word = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 7 }).map(letters => letters.join(''))
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 3 }), (a, b, most) => {
      assert.equal(differAtMost(a, b, most), distance(a, b) <= most)
    }),
    { numRuns: 2000 },
  )
})

/** Optimal string alignment by its definition. */
function distance(a: string, b: string): number {
  if (!a || !b) return a.length + b.length
  const cost = a.at(-1) === b.at(-1) ? 0 : 1
  const [front, back] = [a.slice(0, -1), b.slice(0, -1)]
  const ways = [distance(front, b) + 1, distance(a, back) + 1, distance(front, back) + cost]
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1))
    ways.push(distance(a.slice(0, -2), b.slice(0, -2)) + 1)
  return Math.min(...ways)
}
