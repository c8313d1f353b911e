import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { printsOf, sharedPassages, surelyFound, wordsOf } from './passages.ts'

const shared = (mine: string, theirs: string, given = '') => {
  const { passages, wordCount } = sharedPassages(wordsOf(mine), wordsOf(theirs), wordsOf(given))
  return {
    wordCount,
    texts: passages.map(({ start, end, other }) => [
      mine.slice(start, end),
      theirs.slice(other.start, other.end),
    ]),
  }
}

test('A passage is told as it stands in each text, whatever the case and the marks between its words.', () => {
  assert.deepEqual(
    shared(
      'I think: A river bends because the outer bank is worn away. So it is.',
      '“a river bends, because the OUTER bank is worn away” they say',
    ),
    {
      wordCount: 10,
      texts: [
        [
          'A river bends because the outer bank is worn away',
          'a river bends, because the OUTER bank is worn away',
        ],
      ],
    },
  )
  assert.deepEqual(
    shared('one two three four five', 'one two three four five').texts,
    [],
    'too short to say anything',
  )
})

test('Accents written in two ways are the same, and scripts without spaces are read by their characters.', () => {
  const accented = 'Le café était fermé à midi déjà'
  assert.equal(shared(accented.normalize('NFC'), accented.normalize('NFD')).wordCount, 7)
  assert.deepEqual(shared('水往低处流人往高处走', '他说水往低处流人往高处走吗').texts, [
    ['水往低处流人往高处走', '水往低处流人往高处走'],
  ])
})

test('What all were given is not told, and splits a passage that it stands in.', () => {
  const given = 'explain in your own words why the river bends'
  const answer = `${given} it bends since the water is slower inside`
  assert.deepEqual(shared(answer, answer, given).texts, [
    ['it bends since the water is slower inside', 'it bends since the water is slower inside'],
  ])
  assert.deepEqual(shared(given, given, given).texts, [])
})

const text = (most: number) =>
  fc.array(fc.constantFrom(...'abcdefgh'), { maxLength: most }).map(words => words.join(' '))

test('Texts that share a passage of enough words share a fingerprint, whatever stands around it.', () => {
  const distinct = fc.uniqueArray(fc.integer({ min: 0, max: 9999 }), {
    minLength: surelyFound,
    maxLength: 40,
  })
  fc.assert(
    fc.property(text(60), text(60), text(60), text(60), distinct, (before, after, left, right, numbers) => {
      const passage = numbers.map(number => `w${number}`).join(' ')
      const prints = new Set(printsOf(wordsOf(`${before} ${passage} ${after}`)))
      assert.ok(printsOf(wordsOf(`${left} ${passage} ${right}`)).some(print => prints.has(print)))
    }),
  )
})

test('What is told stands in both texts, in order and without overlap.', () => {
  fc.assert(
    fc.property(text(80), text(80), (mine, theirs) => {
      const { passages, wordCount } = sharedPassages(wordsOf(mine), wordsOf(theirs), [])
      let end = 0
      let words = 0
      for (const { start, end: to, other } of passages) {
        assert.ok(start >= end)
        assert.equal(mine.slice(start, to), theirs.slice(other.start, other.end))
        words += wordsOf(mine.slice(start, to)).length
        end = to
      }
      assert.equal(words, wordCount)
      if (mine === theirs && wordsOf(mine).length >= 6) assert.equal(wordCount, wordsOf(mine).length)
    }),
  )
})

test('A text that repeats itself takes no more work than its length asks for.', () => {
  let looked = 0
  const counted = (text: string) =>
    wordsOf(text).map(word => ({
      ...word,
      get word() {
        looked += 1
        return word.word
      },
    }))
  const lengths = [2000, 4000].map(length => {
    looked = 0
    const repeated = 'the same words come again and again '.repeat(length / 7)
    sharedPassages(counted(repeated), counted(`${repeated} and then end`), [])
    return looked
  })
  assert.ok((lengths[1] ?? 0) < 2.5 * (lengths[0] ?? 0), lengths.join(' and '))
})
