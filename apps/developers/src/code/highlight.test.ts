import assert from 'node:assert/strict'
import { test } from 'node:test'
import { highlight } from './highlight.ts'

test('No character of the code is lost or added.', () => {
  for (const code of [
    '',
    "curl 'https://x/#y' # why",
    'const a = `x` // "b',
    '"open',
    "# it's",
    '{"a": [1, -2.5]}',
  ])
    for (const language of ['shell', 'typescript', 'python', 'json', 'http'] as const)
      assert.equal(
        highlight(code, language)
          .map(part => part.text)
          .join(''),
        code,
      )
})

test('Comments, texts, words and numbers are told apart.', () => {
  const kinds = highlight("import 'a' // 5", 'typescript').map(({ text, kind }) => [kind, text])
  assert.deepEqual(kinds, [
    ['word', 'import'],
    ['plain', ' '],
    ['string', "'a'"],
    ['plain', ' '],
    ['comment', '// 5'],
  ])
  assert.equal(highlight("'x#y'", 'shell')[0]?.kind, 'string')
})
