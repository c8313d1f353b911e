import assert from 'node:assert/strict'
import { it } from 'node:test'
import { colour } from './colour.ts'

const lookOf = (lines: Awaited<ReturnType<typeof colour>>, text: string) =>
  lines?.flat().find(piece => piece.text === text)?.look

it('a program is told in its lines, with its words, texts and remarks in colours', async () => {
  const lines = await colour('def f(n):  # twice\n    return "2"\n', 'python')
  assert.equal(lines?.length, 3)
  assert.equal(
    lines?.map(line => line.map(({ text }) => text).join('')).join('\n'),
    'def f(n):  # twice\n    return "2"\n',
  )
  assert.match(lookOf(lines, 'def') ?? '', /accent/)
  assert.match(lookOf(lines, '# twice') ?? '', /muted/)
  assert.match(lookOf(lines, '"2"') ?? '', /good/)
})

it('each language is known by what it is called in a question', async () => {
  for (const [language, text, word] of [
    ['javascript', 'const a = 1', 'const'],
    ['typescript', 'type A = string', 'type'],
    ['sql', 'SELECT 1', 'SELECT'],
    ['c', 'return 1;', 'return'],
  ] as const)
    assert.match(lookOf(await colour(text, language), word) ?? '', /accent/, language)
})

it('a text in no language has no colours', async () => {
  assert.equal(await colour('town,people', 'text'), null)
})
