import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Submission } from '../../offline/answers.ts'
import { printed } from './printed.ts'

type Question = Submission['questions'][number]

const asked = (question: object) =>
  ({ id: 'q', content: '<p>Which?</p>', points: 1, options: [], ...question }) as unknown as Question
const onPaper = (question: object) => printed(asked(question), 'What to do <&>', 'Alone <&>')
const part = (id: string) => ({ id, content: `text of ${id}` })
const picture = { address: '/api/v1/education/files/1/map.png', alt: 'A "map"', width: 200, height: 100 }

test('A question of each type has its text, what to do, and a place to answer on paper.', () => {
  for (const [question, field] of [
    [{ type: 'single_choice', options: [part('a'), part('b')] }, 'rounded-full'],
    [{ type: 'multiple_choice', options: [part('a')] }, 'size-4 shrink-0 border'],
    [{ type: 'short_text', body: {} }, 'border-b'],
    [{ type: 'numeric', body: { asksUnit: true } }, 'border-b'],
    [{ type: 'formula', body: { variables: ['x'], functions: [] } }, 'border-b'],
    [
      { type: 'matching', body: { items: [part('a')], choices: [part('x')] } },
      '<b>A</b><div class="mt-0! min-w-0">text of x</div>',
    ],
    [{ type: 'categories', body: { items: [part('a')], choices: [part('x')] } }, 'text of a'],
    [{ type: 'ordering', body: { items: [part('a'), part('b')] } }, 'text of b'],
    [{ type: 'code', body: { files: [{ path: 'main.py', content: 'if a < b:' }] } }, 'if a &lt; b:'],
    [{ type: 'hotspot', body: { picture, points: 1 } }, 'href="/api/v1/education/files/1/map.png"'],
    [
      { type: 'labelling', body: { picture, targets: [{ id: 's', x: 0.5, y: 0.5 }], labels: [part('x')] } },
      'cx="50" cy="25"',
    ],
  ] as const) {
    const html = onPaper(question)
    assert.ok(html.includes('<p>Which?</p>'), question.type)
    assert.ok(html.includes('What to do &lt;&amp;&gt;'), question.type)
    assert.ok(html.includes(field), `${question.type}: ${html}`)
  }
})

test('The gaps of a text are lines within it, and a list to choose from is written out.', () => {
  const html = onPaper({
    type: 'cloze',
    content: '<p>The river [[1]] in [[2]].</p>',
    body: {
      gaps: [
        {
          id: '1',
          kind: 'inline_choice',
          options: [
            { id: 'a', text: 'rises' },
            { id: 'b', text: '<b>falls' },
          ],
        },
        { id: '2', kind: 'short_text', options: [] },
      ],
    },
  })
  assert.match(html, /<p>The river \(rises \/ &lt;b&gt;falls\) in <span [^>]*><\/span>\.<\/p>/)
})

test('What describes a picture cannot end its attribute.', () => {
  assert.ok(
    onPaper({ type: 'hotspot', body: { picture, points: 1 } }).includes('aria-label="A &quot;map&quot;"'),
  )
})

test('An option that is chosen alone says so on paper, and no other does.', () => {
  const options = [part('a'), { ...part('none'), exclusive: true }]
  const html = onPaper({ type: 'multiple_choice', options })
  assert.match(html, /text of none<p[^>]*>Alone &lt;&amp;&gt;/)
  assert.equal(html.split('Alone').length, 2)
})
