import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findingCodes, importFailureCodes } from '@azora/contracts/education/import-codes.ts'
import { importNames } from '@azora/contracts/education/import-names.ts'
import { importReasons } from '@azora/contracts/education/import-reasons.ts'
import english from '../../../messages/en.imports.json' with { type: 'json' }
import { translator } from '../../i18n/translator.ts'
import { importWords } from './import-words.ts'

const texts: Record<string, string> = english.importTexts
const messages = english as unknown as Parameters<typeof translator>[0]
const words = importWords(translator(messages, 'importTexts', 'en'), { locale: 'en-GB', zone: 'UTC' })
const placeholders = (text: string) => new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name))

test('Every code of the contracts has a text, and no text is without a code.', () => {
  const wanted = [
    ...Object.keys(importNames).map(code => `became_${code}`),
    ...Object.keys(importReasons).map(code => `reason_${code}`),
    ...[...findingCodes, 'other', 'none'].map(code => `finding_${code}`),
    ...[...importFailureCodes, 'other'].map(code => `failure_${code}`),
  ]
  assert.deepEqual(Object.keys(texts).toSorted(), wanted.toSorted())
})

test('A text speaks of nothing that is not among the values of its code.', () => {
  const lists = { became: importNames, reason: importReasons }
  for (const [kind, list] of Object.entries(lists))
    for (const [code, sentence] of Object.entries(list)) {
      const unknown = placeholders(texts[`${kind}_${code}`] ?? '').difference(placeholders(sentence))
      assert.deepEqual([...unknown], [], `${kind}_${code}`)
    }
  for (const [key, text] of Object.entries(texts))
    if (/^(?:finding|failure)_/.test(key)) assert.equal(placeholders(text).size, 0, key)
})

const entry = { became: null, as: 'English of the server.', reasons: [], code: null }

test('An entry says what it became and all its reasons, with numbers and times as they are written here.', () => {
  const told: Parameters<typeof words.why>[0] = {
    ...entry,
    became: { code: 'quiz_with_questions', values: { title: 'Rivers', count: 1 } },
    reasons: [
      { code: 'settings_of_quiz', values: {} },
      { code: 'was_due', values: { time: '2030-02-01T06:30:00.000Z' } },
    ],
    code: 'settings',
  }
  assert.equal(words.became(told), 'Quiz “Rivers”, 1 question')
  assert.equal(
    words.why(told),
    'The quiz has these settings now. We didn’t keep its due date, 1 Feb 2030, 06:30.',
  )
})

test('A time that is written in no way that is known is shown as it is.', () => {
  const reasons = [{ code: 'was_due', values: { time: 'after the rains' } }]
  assert.match(words.why({ ...entry, reasons }) ?? '', /due date, after the rains\./)
})

test('What came in as it was has no reason.', () => {
  const became = { code: 'lesson', values: { title: 'Rivers' } }
  assert.equal(words.why({ ...entry, became }), null)
})

test('An entry of an old report is told by its code, with the name that it has in quotation marks.', () => {
  const old = { ...entry, as: 'hidden lesson “Rivers “of” Africa”', code: 'for_teachers' }
  assert.deepEqual([words.became(old), words.why(old)], ['“Rivers “of” Africa”', texts.finding_for_teachers])
  assert.deepEqual(
    [words.became(entry), words.why(entry)],
    [null, texts.finding_none],
    'one that has neither is part of the course',
  )
})

test('What only a newer server knows is told in general, and never in its English.', () => {
  const newer = {
    ...entry,
    became: { code: 'newer', values: {} },
    reasons: [{ code: 'newer', values: {} }],
    code: 'newer',
  }
  assert.deepEqual([words.became(newer), words.why(newer)], [null, texts.finding_other])
  assert.equal(words.why({ ...newer, code: 'settings' }), texts.finding_settings)
  assert.equal(words.failure({ code: 'newer', reason: 'newer', values: {} }), texts.failure_other)
})

test('A failure is told by its reason, else by its code.', () => {
  const values = { path: 'film.mp4', sizeBytes: 300_000_000, limitBytes: 256_000_000 }
  assert.equal(
    words.failure({ code: 'too_large', reason: 'entry_too_large', values }),
    '“film.mp4” has 300 MB. The limit for such a file is 256 MB.',
  )
  assert.equal(words.failure({ code: 'too_large', reason: null, values: {} }), texts.failure_too_large)
})
