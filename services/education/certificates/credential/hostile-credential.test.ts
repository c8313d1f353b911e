/** Files made to deceive, each properly signed by the one who made it: the signature alone does not save a reader. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sentenceOf } from '@azora/credential/findings.ts'
import type { OpenBadgeCredential } from '@azora/credential/open-badge.ts'
import { type CheckName, verifyCredential } from '@azora/credential/verify-credential.ts'
import { sampleRequest } from './credential-sample.ts'
import { issueCredential } from './issue-credential.ts'
import { generateIssuerKey } from './issuer-key.ts'
import { proofOf } from './sign-credential.ts'

const CREATED = '2026-03-02T08:15:01Z'
const request = sampleRequest({ signedAt: CREATED })
const genuine = await issueCredential(request)

type Loose = Record<string, unknown>

/** A copy of the genuine credential with changes, signed again by the same key. */
async function resigned(change: (credential: Loose & OpenBadgeCredential) => unknown): Promise<object> {
  const { proof: _proof, ...copy } = structuredClone(genuine)
  const unsigned = copy as Loose & OpenBadgeCredential
  change(unsigned)
  return { ...unsigned, proof: await proofOf(unsigned, request.issuer.key, CREATED) }
}

async function assertRefused(input: unknown, name: CheckName, reason: RegExp): Promise<void> {
  const verdict = await verifyCredential(input)
  assert.equal(verdict.valid, false)
  const failed = verdict.checks.find(check => !check.ok)
  assert.equal(failed?.name, name, failed?.detail)
  assert.match(failed?.detail ?? '', reason)
  // Applications put the values into texts of their own.
  for (const check of verdict.checks) {
    assert.equal(check.detail, sentenceOf(check))
    for (const value of Object.values(check.values)) assert.ok(check.detail.includes(value), check.reason)
  }
}

test('changes that a proof would have to cover are accepted when they are signed', async () => {
  const credential = await resigned(it => {
    it.description = 'Awarded in the spring term.'
  })
  assert.equal((await verifyCredential(credential)).valid, true)
})

test('a top-level term that the vocabulary does not know is refused, not dropped', async () => {
  const added = { ...genuine, grade: 'A+' }
  await assertRefused(added, 'signature', /property "grade" is not in the vocabulary/)
})

test('an unknown term deep inside is refused, not dropped', async () => {
  const copy = structuredClone(genuine)
  Object.assign(copy.credentialSubject.achievement, { honours: true })
  await assertRefused(copy, 'signature', /property "honours" is not in the vocabulary/)
})

test('a term of the vocabulary that was added after signing is refused', async () => {
  await assertRefused(
    { ...genuine, description: 'With distinction.' },
    'signature',
    /changed after it was signed/,
  )
})

const contextTricks: [string, unknown][] = [
  ['a third vocabulary', [...genuine['@context'], 'https://attacker.example/v1']],
  ['a redefinition in the list', [...genuine['@context'], { name: 'https://schema.org/alternateName' }]],
  ['the vocabularies in another order', [...genuine['@context']].reverse()],
  ['one vocabulary twice', [...genuine['@context'], genuine['@context'][0]]],
  ['one vocabulary only', genuine['@context'][0]],
  ['a list inside the list', [genuine['@context']]],
]
for (const [what, contexts] of contextTricks) {
  test(`${what} in @context is refused before anything is read through it`, async () => {
    await assertRefused({ ...genuine, '@context': contexts }, 'context', /must be exactly/)
  })
}

test('keywords, full addresses as keys, nulls and empty lists inside are refused', async () => {
  await assertRefused(
    { ...genuine, '@context': { '@vocab': 'urn:x#' } },
    'document',
    /@vocab is a JSON-LD keyword/,
  )
  const inside = (extra: object) => ({ ...genuine, issuer: { ...genuine.issuer, ...extra } })
  await assertRefused(
    inside({ '@context': { name: 'urn:x:y' } }),
    'document',
    /@context is a JSON-LD keyword/,
  )
  await assertRefused(inside({ '@index': 'Harvard' }), 'document', /@index is a JSON-LD keyword/)
  await assertRefused(
    { ...genuine, '@included': [{ id: 'urn:a:b' }] },
    'document',
    /@included is a JSON-LD keyword/,
  )
  await assertRefused(inside({ 'https://schema.org/name': 'Harvard' }), 'document', /unusable name/)
  await assertRefused(inside({ description: null }), 'document', /issuer\.description is empty \(null\)/)
  await assertRefused(inside({ otherIdentifier: [] }), 'document', /issuer\.otherIdentifier is an empty list/)
  await assertRefused(
    JSON.stringify(genuine).replace('"issuer":{', '"issuer":{"__proto__":{},'),
    'document',
    /__proto__/,
  )
})

test('a broken character is refused: as bytes it would equal another one', async () => {
  const copy = structuredClone(genuine)
  copy.credentialSubject.name = 'Nomvula \ud800'
  await assertRefused(copy, 'document', /credentialSubject\.name holds a broken character/)
})

test('a blank-node name that could join two parts of the file is refused', async () => {
  const joined = await resigned(it => {
    Object.assign(it.credentialSubject, { id: '_:b0' })
  })
  await assertRefused(joined, 'credential', /credentialSubject\.id is missing or not an absolute address/)
})

test('two recipients, two achievements or two issuers are refused', async () => {
  const { credentialSubject } = genuine
  const twice = await resigned(it =>
    Object.assign(it, { credentialSubject: [credentialSubject, credentialSubject] }),
  )
  await assertRefused(twice, 'credential', /credentialSubject is missing or not a single object/)
  const achievements = await resigned(it => {
    const { achievement } = it.credentialSubject
    Object.assign(it.credentialSubject, { achievement: [achievement, { ...achievement, id: 'urn:x:y' }] })
  })
  await assertRefused(achievements, 'credential', /achievement is missing or not a single object/)
  const named = await resigned(it => Object.assign(it, { issuer: it.issuer.id }))
  await assertRefused(named, 'credential', /issuer is missing or not a single object/)
})

test('a credential that is no Open Badge is refused', async () => {
  const plain = await resigned(it => Object.assign(it, { type: ['VerifiableCredential'] }))
  await assertRefused(plain, 'credential', /not an Open Badge/)
})

test('the signature of one credential does not fit another one of the same school', async () => {
  const other = await issueCredential({ ...request, recipient: { name: 'Somebody Else' } })
  await assertRefused({ ...other, proof: genuine.proof }, 'signature', /changed after it was signed/)
})

test("a stranger's signature under the school's DID is refused", async () => {
  const { proof: _proof, ...unsigned } = genuine
  const stranger = generateIssuerKey()
  const proof = await proofOf(unsigned, stranger, CREATED)
  await assertRefused({ ...unsigned, proof }, 'proof', /not made with the key of the issuer/)
  const disguised = { ...proof, verificationMethod: genuine.proof.verificationMethod }
  await assertRefused({ ...unsigned, proof: disguised }, 'signature', /changed after it was signed/)
})

test("a stranger who copies the school's name is told apart by the DID", async () => {
  const stranger = { ...request.issuer, key: generateIssuerKey() }
  const verdict = await verifyCredential(await issueCredential({ ...request, issuer: stranger }))
  assert.equal(verdict.valid, true)
  assert.equal(verdict.issuerName, request.issuer.name)
  assert.notEqual(verdict.issuerDid, request.issuer.key.did)
})

const { proof } = genuine
const proofTricks: [string, unknown, RegExp][] = [
  ['no proof', undefined, /no one signed it/],
  ['two proofs', [proof, proof], /several proofs/],
  ['a proof in words', 'signed, the dean', /not an object/],
  ['another proof type', { ...proof, type: 'Ed25519Signature2020' }, /not a DataIntegrityProof/],
  ['another cryptosuite', { ...proof, cryptosuite: 'eddsa-jcs-2022' }, /does not use eddsa-rdfc-2022/],
  ['another purpose', { ...proof, proofPurpose: 'authentication' }, /a purpose other than/],
  ['an unknown term', { ...proof, previousProof: 'urn:a:b' }, /unexpected property "previousProof"/],
  ['vocabularies of its own', { ...proof, '@context': genuine['@context'] }, /@context is a JSON-LD keyword/],
  ['a time that is none', { ...proof, created: 'yesterday' }, /unreadable creation time/],
  ['another encoding', { ...proof, proofValue: `u${proof.proofValue.slice(1)}` }, /not an Ed25519 signature/],
  ['a digit too many', { ...proof, proofValue: `${proof.proofValue}11` }, /not an Ed25519 signature/],
  ['an endless signature', { ...proof, proofValue: `z${'9'.repeat(500_000)}` }, /not an Ed25519 signature/],
]
for (const [what, value, reason] of proofTricks) {
  test(`${what} is refused`, async () => {
    const name = what === 'vocabularies of its own' ? 'document' : 'proof'
    await assertRefused({ ...genuine, proof: value }, name, reason)
  })
}

test('a list of exactly one proof is accepted', async () => {
  assert.equal((await verifyCredential({ ...genuine, proof: [proof] })).valid, true)
})

test('an issuer named by an address cannot be checked offline, and the reason says so', async () => {
  const byAddress = { ...genuine, issuer: { ...genuine.issuer, id: 'did:web:sunrise.example' } }
  await assertRefused(byAddress, 'proof', /only kind that can be checked without a network/)
})

test('a credential outside its period is refused, by the reader’s clock', async () => {
  const limited = await resigned(it => Object.assign(it, { validUntil: '2028-03-02T00:00:00Z' }))
  const at = async (time: string) =>
    (await verifyCredential(limited, new Date(time))).checks.find(({ ok }) => !ok)
  assert.equal(await at('2027-01-01T00:00:00Z'), undefined)
  assert.match((await at('2026-03-02T07:00:00Z'))?.detail ?? '', /valid only from 2026-03-02T08:15:00Z/)
  assert.match((await at('2028-03-02T00:00:01Z'))?.detail ?? '', /was valid until 2028-03-02T00:00:00Z/)
})

test('a revocation list that cannot be read is not ignored', async () => {
  const withStatus = await resigned(it => {
    it.credentialStatus = {
      id: 'https://sunrise.example/status/3#94',
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '94',
      statusListCredential: 'https://sunrise.example/status/3',
    }
  })
  await assertRefused(withStatus, 'status', /may have been revoked/)
})

test('a graph built to be slow to canonicalise is given up quickly', async () => {
  // Every evidence item looks like every other one, the worst case of RDF canonicalisation.
  const evidence = Array.from({ length: 700 }, () => ({
    type: ['Evidence'],
    name: 'Same',
    narrative: 'Same',
  }))
  const started = performance.now()
  const verdict = await verifyCredential({ ...genuine, evidence })
  assert.equal(verdict.valid, false)
  assert.ok(performance.now() - started < 60_000)
})
