import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleanHere, cleanHtml } from './clean.ts'

const long = '<p> '.repeat(30_000)

test('Long texts are cleaned to what they are cleaned to anywhere else, in their order.', async () => {
  const texts = [
    { html: `<p onclick="x()">One</p>${long}`, as: 'lesson' },
    { html: '<p>Two</p><p>Three</p>', as: 'inline' },
    { html: '<script>x()</script>', as: 'lesson' },
  ] as const
  assert.deepEqual(await cleanHtml([...texts], 'a'), cleanHere([...texts]))
})

test('Many short texts are cleaned elsewhere as well as one long one, and the loop turns meanwhile.', async () => {
  let turns = 0
  let ended = false
  const count = () => {
    turns += 1
    if (!ended) setImmediate(count)
  }
  count()
  await cleanHtml([{ html: long, as: 'lesson' }], 'a')
  await cleanHtml(
    Array.from({ length: 3000 }, () => ({ html: '<p> '.repeat(10), as: 'inline' as const })),
    'a',
  )
  ended = true
  // Cleaned here, it would turn twice.
  assert.ok(turns > 100, `the loop turned ${turns} times`)
})
