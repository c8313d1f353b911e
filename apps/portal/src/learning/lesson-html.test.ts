import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lessonHtml } from './lesson-html.server.ts'

const shown = (html: string) =>
  lessonHtml(html, { table: 'Table', embed: provider => `Press to load it from ${provider}` })

test('what another site shows is a link to its page, which names the site and the frame to load when pressed', () => {
  assert.equal(
    shown('<p>a</p><a class="embed" href="https://www.youtube.com/watch?v=abc_DEF-123">A &amp; B</a>'),
    '<p>a</p><a class="embed" href="https://www.youtube.com/watch?v=abc_DEF-123" ' +
      'data-frame="https://www.youtube-nocookie.com/embed/abc_DEF-123" rel="noopener">' +
      '<span class="embed-title">A &amp; B</span>' +
      '<span class="embed-provider">Press to load it from YouTube</span></a>',
  )
})

test('a link that claims to be embedded from anywhere else stays a link', () => {
  for (const html of [
    '<a class="embed" href="https://evil.example/embed/abc_DEF-123">x</a>',
    '<a href="https://vimeo.com/1">x</a>',
    '<a class="embed">x</a>',
  ])
    assert.equal(shown(html), html)
})

test('code is coloured by its language, and says what it said', () => {
  const html = shown('<pre><code class="language-python">if a &lt; 1:\n  b = "&amp;"</code></pre>')
  assert.match(html, /<span class="hljs-keyword">if<\/span> a &lt; <span class="hljs-number">1<\/span>/)
  assert.match(html, /&quot;&amp;&quot;/)
  const unknown = '<pre tabindex="0"><code class="language-klingon">a &lt; b</code></pre>'
  assert.equal(shown(unknown.replace(' tabindex="0"', '')), unknown)
})

test('more code than anybody reads stays as it is, in a moment', { timeout: 5000 }, () => {
  const long = `<pre><code class="language-js">${'(['.repeat(50_000)}</code></pre>`
  assert.equal(shown(long), long.replace('<pre', '<pre tabindex="0"'))
})
