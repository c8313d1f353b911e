import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { verifyCredential } from '@azora/credential/verify-credential.ts'
import { sampleRequest } from './credential-sample.ts'
import { hashRecipientEmail, issueCredential } from './issue-credential.ts'
import { generateIssuerKey } from './issuer-key.ts'

test('an issued credential verifies from its text alone, and says who earned what, when and from whom', async () => {
  const request = sampleRequest()
  const credential = await issueCredential(request)
  const verdict = await verifyCredential(JSON.stringify(credential))
  assert.deepEqual(
    verdict.checks.filter(({ ok }) => !ok),
    [],
  )
  assert.equal(verdict.valid, true)
  assert.equal(verdict.credentialId, request.credentialId)
  assert.equal(verdict.issuerDid, request.issuer.key.did)
  assert.equal(verdict.issuerName, 'Sunrise Learning Centre')
  assert.equal(verdict.recipientName, 'Nomvula Dlamini-Kühn')
  assert.equal(verdict.achievementName, 'Household budgeting')
  assert.equal(verdict.validFrom, '2026-03-02T08:15:00Z')
})

test('a credential without the optional parts verifies too', async () => {
  const { evidence: _evidence, result: _result, ...request } = sampleRequest({ recipient: { name: 'Sipho' } })
  const credential = await issueCredential(request)
  assert.equal((await verifyCredential(credential)).valid, true)
  assert.equal('evidence' in credential, false)
  assert.equal('result' in credential.credentialSubject, false)
})

test('the same request signed at the same time gives the same file, byte for byte', async () => {
  const request = sampleRequest({ signedAt: '2026-03-02T08:15:01Z' })
  const [first, second] = [await issueCredential(request), await issueCredential(request)]
  assert.equal(JSON.stringify(first), JSON.stringify(second))
})

test('every issuer key is new, and its DID carries the public key and nothing of the private one', () => {
  const [first, second] = [generateIssuerKey(), generateIssuerKey()]
  assert.notEqual(first.did, second.did)
  assert.match(first.did, /^did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/)
  assert.equal(first.did, `did:key:${first.publicKeyMultibase}`)
  assert.equal(Buffer.from(first.privateKey, 'base64url').length, 32)
})

test('a key pair whose halves do not belong together issues nothing', async () => {
  const key = { ...generateIssuerKey(), privateKey: generateIssuerKey().privateKey }
  const request = sampleRequest({ issuer: { name: 'Sunrise', url: 'https://sunrise.example', key } })
  await assert.rejects(issueCredential(request), /was not issued.*signature does not match/)
})

test('the e-mail address is in the file only as a salted hash that its owner can reproduce', async () => {
  const text = JSON.stringify(await issueCredential(sampleRequest()))
  assert.equal(text.includes('nomvula@mail.example'), false)
  const expected = createHash('sha256').update('nomvula@mail.exampleq7Zt0uYk1bXw93Rf').digest('hex')
  assert.equal(text.includes(`"identityHash":"sha256$${expected}"`), true)
  assert.deepEqual(
    hashRecipientEmail(' Nomvula@Mail.example ', 'q7Zt0uYk1bXw93Rf'),
    hashRecipientEmail('nomvula@mail.example', 'q7Zt0uYk1bXw93Rf'),
  )
})

const refusals: [string, Parameters<typeof sampleRequest>[0], RegExp][] = [
  ['an id that is no address', { credentialId: 'certificate-12' }, /no signature can cover.*certificate-12/],
  [
    'an id that would break a canonical line',
    { credentialId: 'urn:a><urn:b' },
    /id is missing or not an absolute address/,
  ],
  ['a recipient without a name', { recipient: { name: '  ' } }, /credentialSubject\.name is missing/],
  ['a day that does not exist', { validFrom: '2026-02-30T10:00:00Z' }, /validFrom is missing or not a date/],
  ['a time without a zone', { validFrom: '2026-02-03T10:00:00' }, /validFrom is missing or not a date/],
  ['a date of the future', { validFrom: '2999-01-01T00:00:00Z' }, /valid only from 2999/],
  [
    'an evidence address that is relative',
    { evidence: [{ id: '/quiz/1', name: 'Quiz' }] },
    /no signature can cover/,
  ],
]
for (const [what, changes, reason] of refusals) {
  test(`${what} is refused when issuing`, async () => {
    await assert.rejects(issueCredential(sampleRequest(changes)), reason)
  })
}
