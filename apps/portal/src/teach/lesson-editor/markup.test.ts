import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lostMarkup } from './markup.ts'

test('what an editor only writes differently is no loss', () => {
  assert.deepEqual(
    lostMarkup(
      '<p>A <b>bold</b>&nbsp;word</p>\n<ul><li>one</li></ul><hr />',
      '<p>A <strong>bold</strong>\u00a0word</p><ul><li><p>one</p></li></ul><hr>',
    ),
    [],
  )
  assert.deepEqual(
    lostMarkup(
      '<a href="/x?a=1&amp;b=2">x</a>',
      '<a target="_blank" rel="noopener" href="/x?a=1&amp;b=2">x</a>',
    ),
    [],
  )
})

test('a dropped element is named', () => {
  assert.deepEqual(lostMarkup('<table><tbody><tr><td>1</td></tr></tbody></table>', '<p>1</p>').sort(), [
    'table',
    'tbody',
    'td',
    'tr',
  ])
})

test('a dropped attribute names its element', () => {
  assert.deepEqual(lostMarkup('<h2 id="why">Why</h2>', '<h2>Why</h2>'), ['h2'])
  assert.deepEqual(lostMarkup('<ol start="3"><li>c</li></ol>', '<ol><li>c</li></ol>'), ['ol'])
})

test('one of several alike that goes missing is noticed', () => {
  assert.deepEqual(lostMarkup('<p>a</p><p>b</p>', '<p>ab</p>'), ['p'])
})

test('missing words are noticed', () => {
  assert.deepEqual(lostMarkup('<p>a &lt;b&gt; c</p>', '<p>a c</p>'), ['#text'])
})
