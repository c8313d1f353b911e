import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cleanName, nameFault, nameFrom } from './names.ts'
import { line } from './wire.ts'

const accepts = (text: string) => line(120).safeParse(text)

test('Names of the world pass as they are.', () => {
  const names = [
    'Nokuthula Mkhize-Ndlovu',
    'Nguyễn Thị Ánh',
    'Phạm Đình Hổ',
    'O’Brien',
    "D'Arcy",
    'María José de la Cruz y Núñez',
    'Björk Guðmundsdóttir',
    'می\u200cخواهم',
    'علی\u200cرضا',
    'क्\u200dष',
    'ಹರ್ಷ',
    'ශ්\u200dරී ලංකා',
    'נִקּוּד',
    'ཧཱུྃ',
    '葛\u{e0100}城市',
    '김지훈',
    '山田 太郎',
    'ᠮᠣᠩᠭᠣᠯ\u180b',
    'X Æ A-12',
    'J.',
    '李',
    '👩🏽\u200d🚀 Space',
    'Love ❤\ufe0f',
    '1\ufe0f⃣ First steps',
    '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} History',
    'تعلم C++\u200e',
    '⠓⠑⠇⠇⠕⠀⠺⠕⠗⠇⠙',
    'C++ & C#: 100 % <easy>',
  ]
  for (const name of names) assert.deepEqual(accepts(name), { success: true, data: name }, name)
})

test('A name that cannot be seen is refused.', () => {
  for (const blank of [
    '',
    '  ',
    '\u00a0',
    '\u200b',
    '\u2060',
    '\u00ad',
    '\u3164',
    '\uffa0',
    '\u115f\u1160',
    '\u2800',
    '\u200d',
    '\u200c',
    '\u200e',
    '\ufe0f',
    '\ufeff',
    '\u034f',
    '\u0301',
    '\u{e0041}',
    '\u17b4',
    '\u180e',
    '\u3164 \u200b\u2800',
  ])
    assert.equal(accepts(blank).success, false, JSON.stringify(blank))
})

test('What turns text round, breaks a line, has no agreed shape or piles up marks is refused.', () => {
  for (const text of [
    'abc\u202ecba',
    '\u202aa',
    'a\u2066b\u2069',
    'a\nb',
    'a\tb',
    'a\u0000',
    'a\u2028b',
    'a\ue000',
    'a\u{10ffff}',
    'a\ufdd0',
    'a\ud800',
    `Z${'\u0300\u0316'.repeat(4)}`,
  ])
    assert.equal(accepts(text).success, false, JSON.stringify(text))
})

test('What shows nothing is removed, white space becomes one space, and letters take one form.', () => {
  const pairs = [
    ['  Thabo\u00a0\u2003 Dlamini ', 'Thabo Dlamini'],
    ['Tha\u200bbo', 'Thabo'],
    ['Tha\u00adbo\ufeff', 'Thabo'],
    ['Jose\u0301', 'José'],
    ['e\u200d\u200cf', 'ef'],
    ['\u200fThabo', 'Thabo'],
    ['ab\u3164', 'ab'],
  ] as const
  for (const [typed, kept] of pairs) assert.deepEqual(accepts(typed), { success: true, data: kept }, typed)
})

/** The least time, in ms, that a few runs took: what else the machine does only adds to it. */
const quickest = (work: () => void) =>
  Math.min(
    ...Array.from({ length: 5 }, () => {
      const began = performance.now()
      work()
      return performance.now() - began
    }),
  )

test('A name of the greatest length passes, one longer does not, and a huge one is refused without work.', () => {
  assert.equal(accepts('ä'.repeat(120)).success, true)
  assert.equal(accepts('a\u0308'.repeat(120)).success, true)
  assert.equal(accepts('ä'.repeat(121)).success, false)
  const huge = 'a\u0316\u0301'.repeat(300_000)
  assert.ok(
    quickest(() => assert.equal(accepts(huge).success, false)) < quickest(() => huge.normalize('NFD')),
  )
})

const hostile = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom(
      'a',
      'م',
      '\u200d',
      '\u200b',
      '\u202e',
      '\u0301',
      ' ',
      '\u2800',
      '❤',
      '\ufe0f',
      '\u{e0067}',
    ),
  ),
  maxLength: 60,
})

test('Cleaning twice is cleaning once, and what is accepted stays as it is.', () => {
  fc.assert(
    fc.property(hostile, text => {
      const clean = cleanName(text)
      assert.equal(cleanName(clean), clean)
      const parsed = accepts(text)
      if (parsed.success) assert.deepEqual(accepts(parsed.data), { success: true, data: parsed.data })
    }),
  )
})

test('A name made from any text is accepted, or empty.', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 1, max: 40 }), (text, most) => {
      const name = nameFrom(text, most)
      assert.ok(name.length <= most)
      if (name) {
        assert.equal(nameFault(name), null)
        assert.deepEqual(accepts(name), { success: true, data: name })
      }
    }),
    { numRuns: 500 },
  )
  assert.equal(nameFrom('abc\u202ecba\n d', 100), 'abccba d')
  assert.equal(nameFrom('👩🏽\u200d🚀👩🏽\u200d🚀', 8), '👩🏽\u200d🚀')
  assert.equal(nameFrom('\u3164\u200b', 100), '')
})
