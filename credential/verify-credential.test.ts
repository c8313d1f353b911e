import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { canVerifyHere, verifyCredential } from './verify-credential.ts'

/** A certificate as a learner keeps it; it must verify with every later version of this code. */
const kept = readFileSync(new URL('./verify-credential.sample.json', import.meta.url), 'utf8')
const READ_AT = new Date('2030-01-01T00:00:00Z')

test('a certificate kept for years still verifies, from its text alone and without a network', async t => {
  t.mock.method(globalThis, 'fetch', () => assert.fail('the network was asked'))
  const verdict = await verifyCredential(kept, READ_AT)
  assert.deepEqual(
    verdict.checks.map(({ name, ok }) => [name, ok]),
    ['document', 'context', 'credential', 'proof', 'signature', 'period', 'status'].map(name => [name, true]),
  )
  assert.equal(verdict.valid, true)
  assert.equal(verdict.recipientName, 'Nomvula Dlamini-Kühn')
})

test('other white space and another order of properties do not change what was signed', async () => {
  const reversed = Object.fromEntries(Object.entries(JSON.parse(kept)).reverse())
  assert.equal((await verifyCredential(JSON.stringify(reversed), READ_AT)).valid, true)
})

test('a changed name is not valid, and the reason is the signature', async () => {
  const { valid, checks } = await verifyCredential(kept.replace('"Nomvula', '"Namvula'), READ_AT)
  assert.equal(valid, false)
  assert.deepEqual(
    checks.filter(({ ok }) => !ok).map(({ name, detail }) => [name, detail]),
    [['signature', 'The signature does not match: the file was changed after it was signed.']],
  )
})

test('what is not a credential gets a verdict with a reason, never an exception', async () => {
  for (const input of [
    '',
    'not JSON',
    '[]',
    '{}',
    '{"proof":[]}',
    '{"proof":{}}',
    null,
    undefined,
    7,
    [],
    {},
  ]) {
    const verdict = await verifyCredential(input)
    assert.equal(verdict.valid, false)
    assert.ok(verdict.checks.some(({ ok, detail }) => !ok && detail !== ''))
    assert.equal(verdict.recipientName, null)
  }
})

test('this runtime can check Ed25519 signatures', async () => {
  assert.equal(await canVerifyHere(), true)
})

test('a credential is valid from its beginning to its end, and to the end of its proof', async () => {
  const sample = JSON.parse(kept)
  const isInPeriod = async (changes: { validFrom?: string; validUntil?: string; expires?: string }) => {
    const { expires, ...own } = changes
    const changed = { ...sample, ...own, proof: { ...sample.proof, ...(expires ? { expires } : {}) } }
    const { checks } = await verifyCredential(changed, READ_AT)
    return checks.find(({ name }) => name === 'period')?.ok
  }
  const [before, after] = ['2029-12-31T23:59:59Z', '2030-01-01T00:00:01Z']
  assert.equal(await isInPeriod({}), true)
  assert.equal(await isInPeriod({ validUntil: after, expires: after }), true)
  assert.equal(await isInPeriod({ validUntil: before }), false)
  assert.equal(await isInPeriod({ expires: before }), false)
  assert.equal(await isInPeriod({ validFrom: '2030-01-01T00:04:59Z' }), true, 'clocks differ')
  assert.equal(await isInPeriod({ validFrom: '2030-01-01T00:05:01Z' }), false)
})
