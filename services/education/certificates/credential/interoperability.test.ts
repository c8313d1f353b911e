/**
 * Agreement with a verifier that we did not write: Digital Bazaar's `vc`, with its own Data Integrity, key and
 * cryptosuite packages. It gets the contexts and the DID documents from memory; it asks nothing else.
 */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import {
  CREDENTIALS_V2,
  DATA_INTEGRITY_V2,
  loadBundledContext,
  OPEN_BADGES_3_0_3,
} from '@azora/credential/document-loader.ts'
import { verifyCredential } from '@azora/credential/verify-credential.ts'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import { sampleRequest } from './credential-sample.ts'
import { issueCredential } from './issue-credential.ts'

const FIRST = 'first'
const LAST = 'last'

/** Resolves `did:key` by the method's specification: the document is made from the DID itself. */
async function documentLoader(url: string): Promise<object> {
  if (!url.startsWith('did:key:')) return loadBundledContext(url)
  const [did = '', fragment] = url.split('#')
  const publicKeyMultibase = did.slice('did:key:'.length)
  const method = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: `${did}#${publicKeyMultibase}`,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase,
  }
  const didDocument = {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [method],
    assertionMethod: [method.id],
  }
  return { contextUrl: null, documentUrl: url, document: fragment === undefined ? didDocument : method }
}

async function theyAccept(credential: object): Promise<boolean> {
  const suite = new DataIntegrityProof({ cryptosuite })
  const { verified } = await vc.verifyCredential({ credential, suite, documentLoader })
  return verified
}

async function weAccept(credential: object): Promise<boolean> {
  return (await verifyCredential(JSON.stringify(credential))).valid
}

test('their library verifies what we issue', async () => {
  const credential = await issueCredential(sampleRequest())
  const suite = new DataIntegrityProof({ cryptosuite })
  const result = await vc.verifyCredential({ credential, suite, documentLoader })
  assert.equal(result.verified, true, String(result.error?.errors ?? result.error))
})

test('both verifiers reject the credential after one changed character, wherever it is', async t => {
  const credential = await issueCredential(sampleRequest())
  const places = textsOf(credential)
  assert.ok(places.length > 40, `only ${places.length} places`)
  for (const named of ['credentialSubject.name', 'credentialSubject.achievement.name', 'validFrom', 'id']) {
    assert.ok(places.includes(named), named)
  }
  for (const named of [
    'issuer.name',
    'issuer.id',
    'proof.proofValue',
    'proof.created',
    '@context.1',
    'type.1',
  ]) {
    assert.ok(places.includes(named), named)
  }
  for (const place of places) {
    await t.test(place, async () => {
      for (const which of [FIRST, LAST] as const) {
        const changed = withChangedCharacter(credential, place, which)
        assert.equal(await theyAccept(changed), false, `they accepted another ${which} character`)
        assert.equal(await weAccept(changed), false, `we accepted another ${which} character`)
      }
    })
  }
})

test('we verify what their library issues', async () => {
  for (const contexts of [
    [CREDENTIALS_V2, OPEN_BADGES_3_0_3],
    [CREDENTIALS_V2, OPEN_BADGES_3_0_3, DATA_INTEGRITY_V2],
  ]) {
    const credential = await issuedByTheirs(contexts)
    const verdict = await verifyCredential(credential)
    assert.deepEqual(
      verdict.checks.filter(({ ok }) => !ok),
      [],
    )
    assert.equal(verdict.valid, true)
    assert.equal(verdict.recipientName, 'Thabo Mokoena')
    const changed = { ...credential, name: 'Soldering!' }
    assert.deepEqual([await theyAccept(changed), await weAccept(changed)], [false, false])
  }
})

test('what a party to a signed file could reorder without changing its meaning is accepted by both', async () => {
  const credential = await issueCredential(sampleRequest())
  const reordered = Object.fromEntries(Object.entries(credential).reverse())
  assert.deepEqual([await theyAccept(reordered), await weAccept(reordered)], [true, true])
})

/** An Open Badge made by the other library with a key of its own, shaped as other issuers do. */
async function issuedByTheirs(contexts: string[]): Promise<object> {
  const seed = new Uint8Array(randomBytes(32))
  const key = await Ed25519Multikey.generate({ seed })
  key.controller = `did:key:${key.publicKeyMultibase}`
  key.id = `${key.controller}#${key.publicKeyMultibase}`
  return vc.issue({
    credential: {
      '@context': contexts,
      id: 'https://issuer.example/badges/77',
      type: ['VerifiableCredential', 'AchievementCredential'],
      name: 'Soldering',
      issuer: { id: key.controller, type: 'Profile', name: 'Workshop', url: 'https://issuer.example' },
      validFrom: '2025-05-05T05:05:05+02:00',
      credentialSubject: {
        id: 'did:example:thabo',
        type: ['AchievementSubject'],
        name: 'Thabo Mokoena',
        achievement: {
          id: 'https://issuer.example/soldering',
          type: ['Achievement'],
          name: 'Soldering',
          description: 'Joins two wires so that they stay joined.',
          criteria: { narrative: 'Ten joints, pulled and inspected.' },
          tag: ['electronics', 'craft'],
        },
      },
    },
    suite: new DataIntegrityProof({ cryptosuite, signer: key.signer() }),
    documentLoader,
  })
}

/** The path of every text in a JSON value, as in `issuer.type.0`. */
function textsOf(value: unknown, path: string[] = []): string[] {
  if (typeof value === 'string') return [path.join('.')]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => textsOf(child, [...path, key]))
}

/** A copy with the first or last letter or digit of the text at `place` replaced by another one of its kind. */
function withChangedCharacter(credential: object, place: string, which: typeof FIRST | typeof LAST): object {
  const copy = structuredClone(credential)
  const keys = place.split('.')
  const last = keys.pop() as string
  const parent = keys.reduce((value: object, key) => value[key as keyof typeof value], copy) as Record<
    string,
    string
  >
  const text = parent[last] as string
  const index = which === FIRST ? text.search(/[a-z0-9]/i) : text.search(/[a-z0-9][^a-z0-9]*$/i)
  const letter = text.charAt(index)
  const other = /\d/.test(letter) ? (letter === '1' ? '2' : '1') : letter === 'x' ? 'y' : 'x'
  parent[last] = text.slice(0, index) + other + text.slice(index + 1)
  assert.notEqual(parent[last], text)
  return copy
}
