import assert from 'node:assert/strict'
import { test } from 'node:test'
import { childrenOf, textOf } from './element.ts'
import { parseXmlText } from './parse-xml.ts'

const limits = { maxXmlDepth: 5, maxXmlElements: 10 }

test('XML is a tree of local names, without anything from outside.', () => {
  const read = parseXmlText('<!DOCTYPE a><x:a b="1"><c>one &amp; <![CDATA[<two>]]></c></x:a>', limits)
  assert.deepEqual(
    [read.name, read.attributes, textOf(childrenOf(read)[0])],
    ['a', { b: '1' }, 'one & <two>'],
  )
})

test('XML that is broken, declares entities, or is too deep or too large is refused.', () => {
  for (const [text, code] of [
    ['<a><b></a>', 'malformed'],
    ['', 'malformed'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'declares_entities'],
    ['<a>'.repeat(6) + '</a>'.repeat(6), 'too_deep'],
    [`<a>${'<b/>'.repeat(10)}</a>`, 'too_many'],
  ] as const)
    assert.throws(() => parseXmlText(text, limits), { code })
})
