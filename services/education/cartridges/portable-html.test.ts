import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainText } from '@azora/kit/rich-text/sanitise.ts'
import fc from 'fast-check'
import { portableHtml } from './portable-html.ts'

type Told = { aside: [string, string][]; dropped: string[]; hidden: string[] }

function portable(html: string, place: 'block' | 'inline' = 'block'): { html: string; told: Told } {
  const told: Told = { aside: [], dropped: [], hidden: [] }
  const made = portableHtml(html, place, {
    aside: (url, what) => told.aside.push([url, what]),
    dropped: what => told.dropped.push(what),
    hiddenPart: part => told.hidden.push(part),
  })
  return { html: made, told }
}

const addresses = (html: string) =>
  [...html.matchAll(/ (?:src|href|poster)="([^"]+)"/g)].map(([, url]) => url)

for (const name of [
  'script',
  'textarea',
  'style',
  'title',
  'iframe',
  'xmp',
  'noembed',
  'object',
  'video',
  'a',
]) {
  test(`an empty <${name}/> swallows nothing of the page`, () => {
    const { html } = portable(`<p>Before</p><${name}/><p>After</p>`)
    assert.equal(plainText(html), 'Before\nAfter')
  })
}

test('whatever element is written as empty, the text after it is kept', () => {
  const names = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/)
  fc.assert(
    fc.property(names, name => {
      const { html } = portable(`<p>Before</p><${name}/><p>After</p>`)
      assert.match(plainText(html), /After/)
    }),
  )
})

const media: [what: string, html: string, addresses: string[]][] = [
  ['an object with a document', '<object data="a.pdf" type="application/pdf">text</object>', ['a.pdf']],
  ['an object with a picture', '<object data="a.png"></object>', ['a.png']],
  ['an object whose film is a parameter', '<object><param name="movie" value="a.swf"></object>', ['a.swf']],
  ['an object that repeats itself as embed', '<object data="a.mp4"><embed src="a.mp4"></object>', ['a.mp4']],
  ['an embedded sound', '<embed src="a.mp3">', ['a.mp3']],
  ['a background sound', '<bgsound src="a.mid">', ['a.mid']],
  ['a frame with a page', '<iframe src="a.html"></iframe>', ['a.html']],
  ['a frame with an outside page', '<iframe src="https://a.example/"></iframe>', ['https://a.example/']],
  ['a lazy picture', '<img src="blank.gif" data-src="a.png">', ['a.png']],
  ['a picture with sizes alone', '<img srcset="a.png 1x, b.png 2x">', ['b.png']],
  ['a picture without an image', '<picture><source srcset="a.webp"></picture>', ['a.webp']],
  ['an image map', '<map><area href="a.html" alt="A"><area href="b.html"></map>', ['a.html', 'b.html']],
  ['a long description', '<img src="a.png" longdesc="a.html">', ['a.png', 'a.html']],
  ['an image button', '<input type="image" src="a.png">', ['a.png']],
  ['captions', '<video src="v.mp4"><track src="v.vtt"></video>', ['v.mp4', 'v.vtt']],
  ['a page that leads on', '<meta http-equiv="refresh" content="0; url=b.html">', ['b.html']],
  ['addresses below a base', '<base href="sub/x.html"><img src="a.png">', ['sub/a.png']],
  [
    'a lazy picture with its fallback',
    '<img data-src="a.png"><noscript><img src="a.png"></noscript>',
    ['a.png'],
  ],
]
for (const [what, html, expected] of media) {
  test(`${what} stays a picture, a player or a link`, () => {
    assert.deepEqual(addresses(portable(html).html), expected)
  })
}

test('what a lesson does not show is told', () => {
  const { html, told } = portable(
    `<head><link rel="stylesheet" href="s.css"><script src="s.js"></script><style>p { background: url(d.png) }</style></head>
     <div style="background-image:url('b.png')">x</div><table background="c.png"><tr><td>y</td></tr></table>
     <picture><source srcset="a.webp 1x, a2.webp 2x"><img src="a.png"></picture><q cite="q.html">z</q>
     <script>go()</script><form action="send"><select><option>One</option></select></form>`,
  )
  assert.deepEqual(told.aside.map(([url]) => url).toSorted(), [
    'a.webp',
    'a2.webp',
    'b.png',
    'c.png',
    'd.png',
    'q.html',
    's.css',
    's.js',
    'send',
  ])
  assert.deepEqual(new Set(told.dropped), new Set(['script', 'form']))
  assert.match(plainText(html), /x[\s\S]*y[\s\S]*z[\s\S]*One/)
  assert.doesNotMatch(html, /go\(\)|url\(d/)
})

test('a part that readers did not see is set aside with its source', () => {
  const { html, told } = portable(
    '<p>Q</p><div style="display: none"><p>Answer <b>B</b></p></div><p hidden>C</p><p>R</p>',
  )
  assert.equal(plainText(html), 'Q\nR')
  assert.deepEqual(told.hidden, [
    '<div style="display: none"><p>Answer <b>B</b></p></div>',
    '<p hidden>C</p>',
  ])
})

test('a drawing becomes a picture, with its case kept', () => {
  const { html, told } = portable(
    '<svg viewBox="0 0 1 1" aria-label="Dot"><image xlink:href="p.png"/><circle r="1"/></svg>',
  )
  const [, data = ''] = /src="data:image\/svg\+xml;base64,([^"]+)"/.exec(html) ?? []
  assert.match(Buffer.from(data, 'base64').toString(), /^<svg xmlns="[^"]+" viewBox=.*<\/svg>$/)
  assert.match(html, /alt="Dot"/)
  assert.deepEqual(told.aside, [['p.png', 'aside_drawing']])
})

test('in an option, where no player fits, a film becomes a link', () => {
  const { html } = portable('<video src="v.mp4" poster="v.png"><source src="w.mp4"></video>', 'inline')
  assert.deepEqual(addresses(html), ['v.mp4', 'w.mp4'])
})

test('plain text and ordinary markup pass unchanged', () => {
  const html = '<h2>A &amp; B</h2><p class="note">1 &lt; 2 <em>x</em></p><ul><li>y</li></ul>'
  assert.equal(portable(html).html, html)
})
