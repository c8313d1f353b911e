import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ALLOWED_ATTRIBUTES, LESSON_TAGS } from './allow-list.ts'
import { plainText, sanitiseInlineHtml, sanitiseLessonHtml } from './sanitise.ts'

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><script>alert(1)</script></svg>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<math><annotation-xml encoding="text/html"><style><img src=x onerror=alert(1)></style></annotation-xml></math>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<title><a title="</title><img src=x onerror=alert(1)>">',
  '<textarea><p title="</textarea><img src=x onerror=alert(1)>">',
  '<xmp><p title="</xmp><img src=x onerror=alert(1)>">',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<noembed><img title="</noembed><img src onerror=alert(1)>"></noembed>',
  '<plaintext><script>alert(1)</script>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" &#1; JaVaScRiPt:alert(1)">x</a>',
  '<a href="java&#10;script:alert(1)">x</a>',
  '<a href="java&Tab;script:alert(1)">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="azora-file:f1&quot; onclick=&quot;alert(1)">x</a>',
  '<a href="azora-item:javascript:alert(1)">x</a>',
  '<img src="data:image/svg+xml;base64,PHN2Zy8+">',
  '<video poster="javascript:alert(1)" onplay=alert(1)><source onerror=alert(1) src=x></video>',
  '<object data="javascript:alert(1)"><embed src="javascript:alert(1)">',
  '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button><input autofocus onfocus=alert(1)>',
  '<base href="https://evil.example/"><link rel=stylesheet href=x><meta http-equiv=refresh content="0;url=javascript:alert(1)">',
  '<p style="background:url(javascript:alert(1))">x</p><style>@import "x"</style>',
  '<math href="javascript:alert(1)" xlink:href="javascript:alert(1)"><mi href="javascript:alert(1)">x</mi></math>',
  '<details open ontoggle=alert(1)><summary>x</summary></details>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<!-- --!><img src=x onerror=alert(1)> -->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
  '<p id="</p><img src=x onerror=alert(1)>">',
  '<img """><script>alert(1)</script>">',
  '<<script>alert(1)//<</script>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src="x` `<script>alert(1)</script>"` `>',
  '<a/onmouseover=alert(1)/href=x>x',
  '<template><img src=x onerror=alert(1)></template>',
  '<option>&lt;script&gt;alert(1)&lt;/script&gt;</option>',
  '<p class="note evil" id="__proto__" name="cookie">x</p>',
]

// Checks the serialised text itself, with a grammar far stricter than any browser's.
function assertHarmless(html: string): void {
  const attribute = / ([a-z-]+)(?:="([^"<>]*)")?/gy
  for (const [tag] of html.matchAll(/<[^>]*>?/g)) {
    const opening = /^<\/?([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*)(?: \/)?>$/.exec(tag)
    assert.ok(opening, `not plain markup: ${tag} in ${html}`)
    assert.ok(LESSON_TAGS.includes(opening[1]!), `tag ${opening[1]} in ${html}`)
    for (const [, name = '', value = ''] of opening[2]!.matchAll(attribute)) {
      const allowed = [...Object(ALLOWED_ATTRIBUTES)['*'], ...(Object(ALLOWED_ATTRIBUTES)[opening[1]!] ?? [])]
      assert.ok(allowed.includes(name), `attribute ${name} in ${html}`)
      if (/^(?:href|src|poster)$/.test(name))
        assert.match(
          value,
          /^(?:https?:\/\/|mailto:|\/(?![/\\])|#lesson-|azora-(?:file|item):[\w.-]+(?:#[\w.-]*)?$)/,
        )
      if (name === 'id') assert.match(value, /^lesson-/)
    }
  }
}

for (const vector of hostile) {
  test(`nothing that can run survives: ${vector.slice(0, 70)}`, () => {
    assertHarmless(sanitiseLessonHtml(vector))
    assertHarmless(sanitiseInlineHtml(vector))
  })
}

const fragments = fc.constantFrom(
  ...hostile, '<p>', '</p>', '<div>', '</div>', '<li>', '<ul>', '<table>', '<td>', '<a href="/x">', '</a>', '<font>', '<h1>',
  '</h1>', '<math>', '<mi>', '</math>', '<svg>', '<style>', '</style>', '<!--', '-->', '&lt;', '&amp;lt;', '&', '<', '>', '"',
  ' ', '\n', 'text', '<br>', '<iframe src="https://a.example/">', '</iframe>', '<img class="equation_image" alt="x^2">', '<b', '=',
  '<option>', '<textarea>', '<p id="a">', '<a href="#a">', '<video src="/v">', '<pre>', '\u0000', '<p class="note screenreader-only">',
) // biome-ignore format: a list of fragments
const soup = fc.oneof(
  fc.array(fragments, { maxLength: 25 }).map(parts => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

test('whatever the input, the output is harmless and sanitising it again changes nothing', () => {
  fc.assert(
    fc.property(soup, html => {
      for (const sanitise of [sanitiseLessonHtml, sanitiseInlineHtml]) {
        const once = sanitise(html)
        assertHarmless(once)
        assert.equal(sanitise(once), once)
      }
    }),
    { numRuns: 1500 },
  )
})

test('text without markup stays as it is, but for the space around it', () => {
  const words = fc.string({ unit: 'binary', maxLength: 60 }).filter(text => !/[<>&]/.test(text))
  fc.assert(
    fc.property(words, text => {
      // Inside an element it passes the parser, by itself it does not.
      const parsed = `<p>.${text}.</p>`
      assert.equal(sanitiseLessonHtml(parsed), parsed)
      assert.equal(sanitiseLessonHtml(text), text.trim())
      assert.equal(sanitiseInlineHtml(text), text.trim())
      assert.equal(plainText(text), plainText(`<p>${text}</p>`))
    }),
    { numRuns: 500 },
  )
})

test('structure, tables, figures, mathematics, code and media stay as they are', () => {
  const html = [
    '<h2 id="lesson-a">Title</h2><p lang="af">Teks <em>en</em> <a href="https://a.example/x?y=1&amp;z=2" title="t">link</a></p>',
    '<table><caption>C</caption><thead><tr><th scope="col" colspan="2">A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>',
    '<figure><img src="azora-file:f1" alt="A river" width="300" height="200" /><figcaption>F</figcaption></figure>',
    '<math display="block"><mfrac><mi>x</mi><mn>2</mn></mfrac></math>',
    '<pre><code class="language-js">a &lt; b</code></pre>',
    '<video src="/files/1" controls="controls" preload="metadata"><track src="/files/2" kind="captions" srclang="en" /></video>',
    '<aside class="note"><p><a href="azora-item:i1#lesson-top">Next</a></p></aside>',
  ].join('')
  assert.equal(sanitiseLessonHtml(html), html)
})

test('an embedded video becomes a link to its page, with its title', () => {
  const html = '<iframe src="//www.youtube.com/embed/abc_DEF-123?rel=0" title="The water cycle"></iframe>'
  assert.equal(
    sanitiseLessonHtml(html),
    '<a class="embed" href="https://www.youtube.com/watch?v=abc_DEF-123">The water cycle</a>',
  )
  assert.match(
    sanitiseLessonHtml('<iframe src="https://player.vimeo.com/video/123"></iframe>'),
    /href="https:\/\/vimeo.com\/123"/,
  )
  assert.match(
    sanitiseLessonHtml('<iframe src="https://maps.example/x"></iframe>'),
    /Open the embedded page on maps.example/,
  )
})

test('callouts, embeds, code with its language and formulas with their source stay as they are', () => {
  const html = [
    '<aside class="callout warning"><p class="callout-title">Careful</p><p>Hot</p></aside>',
    '<a class="embed" href="https://vimeo.com/76979871">A film</a>',
    '<pre><code class="language-python">a = 1</code></pre>',
    '<math display="block"><semantics><mfrac><mn>1</mn><mi>x</mi></mfrac>' +
      '<annotation encoding="application/x-tex">\\frac{1}{x}</annotation></semantics></math>',
  ].join('')
  assert.equal(sanitiseLessonHtml(html), html)
})

test('headings leave the first level to the lesson’s title', () => {
  assert.equal(sanitiseLessonHtml('<h1>Rivers</h1>'), '<h2>Rivers</h2>')
})

test('an option keeps its formatting on one level: paragraphs become line breaks', () => {
  assert.equal(sanitiseInlineHtml('<div><p>One <b>x</b></p><p>Two</p></div>'), 'One <b>x</b><br />Two')
  assert.equal(sanitiseInlineHtml('<pre><code>a &lt; b</code></pre>'), '<pre><code>a &lt; b</code></pre>')
})

test('plain text is what a reader sees, a line for each block', () => {
  assert.equal(
    plainText(
      '<h2>A &amp; B</h2><script>x()</script><p>1 &lt; 2<br>three</p><ul><li>four<img src="x.png" alt="unseen"></ul>',
    ),
    'A & B\n1 < 2\nthree\nfour',
  )
})

test('markup built to exhaust the parser is cut down to its text in reasonable time', {
  timeout: 20_000,
}, () => {
  assert.equal(sanitiseLessonHtml(`${'<b>'.repeat(300_000)}x${'</i>'.repeat(300_000)}`), 'x')
  assertHarmless(sanitiseLessonHtml('<'.repeat(500_000)))
  assertHarmless(sanitiseInlineHtml(`a${' '.repeat(300_000)}b${'<p>'.repeat(50_000)}`))
})
