import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contract, fileContract } from '@azora/contracts/contract.ts'
import texts from '../../messages/en.guides.json' with { type: 'json' }
import { examplesOf } from '../typescript/examples.ts'
import { guides } from './guides.ts'

const origin = 'https://school.example'
const codes = [
  ...guides.flatMap(({ blocks }) =>
    blocks(origin).flatMap(block => (typeof block === 'string' ? [] : [block.code])),
  ),
  ...Object.values(examplesOf(origin)),
]
const operations = new Set(
  [contract, fileContract].flatMap(services =>
    Object.entries(services).flatMap(([service, members]) =>
      Object.keys(members).map(name => `${service}.${name}`),
    ),
  ),
)

test('Every operation that an example calls is there.', () => {
  const called = codes.flatMap(code =>
    [...code.matchAll(/\bazora\.(\w+\.\w+)/g)].map(found => String(found[1])),
  )
  assert.ok(called.length > 5)
  assert.deepEqual(
    called.filter(name => !operations.has(name)),
    [],
  )
})

test('Every text of a guide is written, and every written one is shown.', () => {
  for (const guide of guides) {
    const shown = guide
      .blocks(origin)
      .flatMap(block => (typeof block === 'string' ? block.replace(/^[#-] /, '').split(' ') : [block.title]))
    assert.deepEqual(
      [...new Set(['title', 'summary', ...shown])].sort(),
      Object.keys(texts[guide.texts]).sort(),
      guide.slug,
    )
  }
})
