import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printedKey } from './printed-key.ts'

const part = (id: string) => ({ id, content: `text of ${id}` })
const picture = { address: '/map.png', alt: 'A map', width: 200, height: 100 }
const keyOf = (authored: object, shown: object = {}) =>
  printedKey({ id: 'q', ...authored } as never, { id: 'q', ...authored, ...shown } as never)
    // Only there for the layout.
    .replace(/<\/?div[^>]*>/g, '')

test('The key names what is right for each type, and nothing that is wrong.', () => {
  const options = [
    { id: 'a', content: 'yes', correct: true },
    { id: 'b', content: 'no', correct: false },
  ]
  assert.match(keyOf({ type: 'single_choice', options }, { options }), /^<ul[^>]*><li[^>]*>yes<\/li><\/ul>$/)
  const answers = [
    { text: 'Kariba', share: 100 },
    { text: '<Cahora>', share: 100 },
    { text: 'Inga', share: 50 },
  ]
  assert.equal(keyOf({ type: 'short_text', body: { answers } }), 'Kariba · &lt;Cahora&gt;')
  const number = { answers: [{ value: '2.5', share: 100 }], unit: { symbol: 'km' } }
  assert.equal(keyOf({ type: 'numeric', body: number }), '2.5 km')
  assert.equal(keyOf({ type: 'formula', body: { answers: [{ expression: 'x<y', share: 100 }] } }), 'x&lt;y')
  const gaps = [
    { kind: 'inline_choice', body: { options: [{ text: 'east', correct: true }] } },
    { kind: 'numeric', body: { ...number, unit: null } },
  ]
  assert.match(keyOf({ type: 'cloze', body: { gaps } }), /<b>1<\/b>east.*<b>2<\/b>2\.5/)
  assert.equal(keyOf({ type: 'essay', body: { guidance: null } }), '')
  const files = [
    { path: 'shown.py', locked: true, hidden: false },
    { path: 'towns.csv', locked: false, hidden: true },
    { path: 'main.py', locked: false, hidden: false },
  ]
  assert.match(
    keyOf({ type: 'code', body: { files, solution: ['a < b'] } }),
    /^<p[^>]*><code>main\.py<\/code><\/p><pre[^>]*>a &lt; b/,
  )
})

test('Letters and numbers are those of the paper, in whatever order it shows the parts.', () => {
  const body = { items: [part('i'), part('j')], choices: [part('x'), part('y')], pairs: { i: 'x', j: 'y' } }
  const shown = { body: { items: [part('j'), part('i')], choices: [part('y'), part('x')] } }
  assert.match(keyOf({ type: 'matching', body }, shown), /<b>A<\/b>text of j.*<b>B<\/b>text of i/)
  const ordered = { items: [part('first'), part('second')] }
  assert.match(
    keyOf({ type: 'ordering', body: ordered }, { body: { items: ordered.items.toReversed() } }),
    /<b>1<\/b>text of first.*<b>2<\/b>text of second/,
  )
  const targets = [
    { id: 's', x: 0, y: 0 },
    { id: 't', x: 1, y: 1 },
  ]
  const labels = { picture, targets, labels: [part('x'), part('y')] }
  assert.match(
    keyOf({ type: 'labelling', body: { ...labels, pairs: { s: 'y', t: 'x' } } }, { body: labels }),
    /<b>1<\/b>B.*<b>2<\/b>A/,
  )
})

test('The areas of a picture are drawn in its own shape.', () => {
  const areas = [
    { shape: 'circle', x: 0.5, y: 0.5, radius: 0.1 },
    { shape: 'rectangle', x: 0, y: 0.5, width: 0.5, height: 0.5 },
    { shape: 'polygon', corners: [{ x: 0, y: 1 }] },
  ]
  const html = keyOf({ type: 'hotspot', body: { picture, areas } })
  for (const shape of ['cx="50" cy="25" r="10"', 'y="25" width="50" height="25"', 'points="0,50"'])
    assert.ok(html.includes(shape), shape)
})
