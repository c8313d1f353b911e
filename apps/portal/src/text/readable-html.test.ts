import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readableHtml } from './readable-html.ts'

test('a table stands in a box that scrolls and can be reached by keyboard', () => {
  assert.equal(
    readableHtml('<p>a</p><table class="x"><tr><td>1</td></tr></table>', 'Table "wide"'),
    '<p>a</p><div class="table-scroll" role="group" tabindex="0" aria-label="Table &#34;wide&#34;">' +
      '<table class="x"><tr><td>1</td></tr></table></div>',
  )
})

test('preformatted text can be reached by keyboard, and other tags are left alone', () => {
  assert.equal(readableHtml('<pre>a</pre><present>', 'T'), '<pre tabindex="0">a</pre><present>')
})
