import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cleanOnce } from './sanitise.ts'
import { createSettledCheck } from './settled.ts'

const kinds = ['lesson', 'inline'] as const
const checks = { lesson: createSettledCheck(cleanOnce.lesson), inline: createSettledCheck(cleanOnce.inline) }

// Written as the cleaner writes, and in ways near to it that it would change.
const names = ['p', 'div', 'b', 'li', 'ul', 'td', 'tr', 'table', 'a', 'h1', 'h2', 'dd', 'rt', 'math', 'mi', 'mtext', 'span', 'pre', 'video', 'form', 'svg', 'style', 'option'] // biome-ignore format: one list
const attributes = ['', '', '', ' href="/x"', ' href="https://a.example/?b=1&amp;c"', ' href="https://a.example/?b=1&c"', ' id="lesson-a"', ' id="a"', ' class="note"', ' class="x"', ' onclick="x()"', ' lang="af"', ' title="a &quot;b&quot;"', ' open'] // biome-ignore format: one list
const words = fc.constantFrom(
  'x',
  ' ',
  '\n',
  '&amp;',
  '&lt;b&gt;',
  '&quot;',
  '&nbsp;',
  '&',
  '"',
  '>',
  'ü',
  '\0',
)
const empties = fc.constantFrom('<br />', '<hr />', '<img src="/a.png" alt="" />', '<img src="/a.png" />', '<br>', '<col />', '<!-- x -->', '<p>') // biome-ignore format: one list

const tree: fc.Arbitrary<string> = fc.letrec<{ tree: string; element: string }>(tie => ({
  element: fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...attributes), tie('tree'))
    .map(([name, more, inner]) => `<${name}${more}>${inner}</${name}>`),
  tree: fc
    .array(fc.oneof({ maxDepth: 4, withCrossShrink: true }, words, empties, tie('element')), { maxLength: 5 })
    .map(parts => parts.join('')),
})).tree

test('What is told to be settled is what cleaning leaves alone.', () => {
  let settled = 0
  fc.assert(
    fc.property(tree, html => {
      for (const kind of kinds) {
        for (const text of [html, cleanOnce[kind](html)]) {
          if (!checks[kind](text)) continue
          settled += 1
          assert.equal(cleanOnce[kind](text), text)
        }
      }
    }),
    { numRuns: 3000 },
  )
  assert.ok(settled > 2000, `only ${settled} texts were settled`)
})

const page = [
  '<h2 id="lesson-a">Title</h2><p lang="af">Teks <em>en</em> <a href="https://a.example/x?y=1&amp;z=2" title="t">a <b>link</b></a></p>',
  '<ul><li>One<ul><li><p>Two</p></li></ul></li></ul><table><tbody><tr><th scope="col">A</th><td>B</td></tr></tbody></table>',
  '<figure><img src="/a.png" alt="x" /><figcaption>A picture</figcaption></figure><pre><code class="language-js">a &lt; b</code></pre>',
  '<p><math display="block"><mfrac><mi>a</mi><mn>2</mn></mfrac></math></p><p>a<br />b</p>',
].join('')

test('A page as it is stored is settled, however long, and one that is not costs few cleanings more.', () => {
  let cleanings = 0
  const isSettled = createSettledCheck(html => {
    cleanings += 1
    return cleanOnce.lesson(html)
  })
  assert.equal(isSettled(page.repeat(300)), true)
  assert.ok(cleanings < 100, `${cleanings} cleanings`)
  const different = Array.from({ length: 20_000 }, (_, at) => `<p id="lesson-${at}">x</p>`).join('')
  cleanings = 0
  assert.equal(isSettled(different), false)
  assert.ok(cleanings < 200, `${cleanings} cleanings`)
})
