import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalJson, digestOrigin, hashOf, noHash } from './chain.ts'

/** What an auditor must be able to recompute with other tools. */

const entry = {
  organizationId: '00000000-0000-7000-8000-000000000001',
  sequence: 1,
  id: '00000000-0000-7000-8000-000000000002',
  at: '2026-01-31T08:00:00.000Z',
  action: 'course.published',
  actor: { kind: 'person' as const, id: '00000000-0000-7000-8000-000000000003' },
  impersonatorId: null,
  subject: { kind: 'course', id: 'c' },
  details: { b: 1, a: 'é' },
  originDigest: null,
  previousHash: noHash,
}

test('The hash of an entry is that of the documented text, byte for byte.', () => {
  const text = `{"action":"course.published","actor":{"id":"${entry.actor.id}","kind":"person"},"at":"${entry.at}",\
"details":{"a":"é","b":1},"id":"${entry.id}","impersonatorId":null,"organizationId":"${entry.organizationId}",\
"originDigest":null,"previousHash":"${'0'.repeat(64)}","sequence":1,"subject":{"id":"c","kind":"course"}}`
  assert.equal(hashOf(entry), createHash('sha256').update(Buffer.from(text, 'utf8')).digest('hex'))
})

test('The digest of an origin is that of its salt and the documented text.', () => {
  const salt = '00112233445566778899aabbccddeeff'
  const expected = createHash('sha256')
    .update(Buffer.from(salt, 'hex'))
    .update('{"ip":"192.0.2.1","userAgent":"A \\"quoted\\" one"}')
    .digest('hex')
  assert.equal(digestOrigin(salt, { userAgent: 'A "quoted" one', ip: '192.0.2.1' }), expected)
})

test('Each part of an entry changes its hash.', () => {
  const changes = {
    organizationId: entry.id,
    sequence: 2,
    id: entry.organizationId,
    at: '2026-01-31T08:00:00.001Z',
    action: 'course.archived',
    actor: { kind: 'key' as const, id: entry.actor.id },
    impersonatorId: entry.id,
    subject: null,
    details: { b: 1, a: 'e' },
    originDigest: noHash,
    previousHash: '1'.repeat(64),
  }
  const hashes = Object.entries(changes).map(([name, value]) => hashOf({ ...entry, [name]: value }))
  assert.equal(new Set([...hashes, hashOf(entry)]).size, Object.keys(entry).length + 1)
})

// RFC 8785, 3.2.3: names are sorted by UTF-16 code units, so a letter beyond U+FFFF comes before U+FB33.
test('Canonical JSON sorts names as the RFC shows, and writes numbers as ECMAScript does.', () => {
  const names = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
  assert.equal(
    canonicalJson(names),
    '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
  )
  assert.equal(
    canonicalJson([JSON.parse('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27, -0]),
    '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
  )
})

test('Canonical JSON says the same of the same value, in whatever order its members came.', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      const text = canonicalJson(value)
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)))
      assert.equal(canonicalJson(reversed(JSON.parse(text))), text)
    }),
  )
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, reversed(inner)]),
  )
}
