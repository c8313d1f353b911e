/**
 * The test vector of W3C Data Integrity EdDSA Cryptosuites 1.0 (Recommendation, 15 May 2025), appendix B.1:
 * keys, document and every intermediate value are the standard's.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dataToSign } from '@azora/credential/data-integrity.ts'
import { type DocumentLoader, loadBundledContext } from '@azora/credential/document-loader.ts'
import { fromMultibase, toDidKey } from '@azora/credential/multikey.ts'
import { proofOf } from './sign-credential.ts'

const PUBLIC_KEY = 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2'
const SECRET_KEY = 'z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq'
const CREATED = '2023-02-24T23:36:38Z'
const PROOF_HASH = 'bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0'
const DOCUMENT_HASH = '517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017'
const PROOF_VALUE =
  'z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme'

const EXAMPLES_V2 = 'https://www.w3.org/ns/credentials/examples/v2'
const alumniCredential = {
  '@context': ['https://www.w3.org/ns/credentials/v2', EXAMPLES_V2],
  id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
  type: ['VerifiableCredential', 'AlumniCredential'],
  name: 'Alumni Credential',
  description: 'A minimum viable example of an Alumni Credential.',
  issuer: 'https://vc.example/issuers/5678',
  validFrom: '2023-01-01T00:00:00Z',
  credentialSubject: { id: 'did:example:abcdefgh', alumniOf: 'The School of Examples' },
}

const loadWithExamples: DocumentLoader = async url => {
  if (url !== EXAMPLES_V2) return loadBundledContext(url)
  const document = { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } }
  return { contextUrl: undefined, documentUrl: url, document }
}

/** The published secret key is multicodec 0x1300 (as the bytes 80 26) and the seed. */
const secretBytes = fromMultibase(SECRET_KEY) ?? new Uint8Array()
const key = {
  did: toDidKey(PUBLIC_KEY),
  publicKeyMultibase: PUBLIC_KEY,
  privateKey: Buffer.from(secretBytes.slice(2)).toString('base64url'),
}

test('the hashes to sign are those of the W3C test vector', async () => {
  const { proofValue: _proofValue, ...options } = await proofOf(
    alumniCredential,
    key,
    CREATED,
    loadWithExamples,
  )
  const data = await dataToSign(alumniCredential, options, loadWithExamples)
  assert.equal(Buffer.from(data).toString('hex'), PROOF_HASH + DOCUMENT_HASH)
})

test('the signature is that of the W3C test vector', async () => {
  const proof = await proofOf(alumniCredential, key, CREATED, loadWithExamples)
  assert.equal(proof.proofValue, PROOF_VALUE)
})
