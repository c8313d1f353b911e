import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  fromMultibase,
  publicKeyOfDid,
  toDidKey,
  toMultibase,
  toPublicKeyMultibase,
  verificationMethodOf,
} from './multikey.ts'

/** From W3C Data Integrity EdDSA Cryptosuites 1.0, appendix B.1. */
const MULTIKEY = 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2'
const DID = `did:key:${MULTIKEY}`

test('base58-btc agrees with the examples of its draft standard', () => {
  const hello = new TextEncoder().encode('Hello World!')
  assert.equal(toMultibase(hello), 'z2NEpo7TZRRrLZSi2U')
  assert.deepEqual(fromMultibase('z2NEpo7TZRRrLZSi2U'), hello)
  assert.equal(toMultibase(Uint8Array.of(0, 0, 0x28, 0x7f, 0xb4, 0xcd)), 'z11233QC4')
  assert.deepEqual(fromMultibase('z11233QC4'), Uint8Array.of(0, 0, 0x28, 0x7f, 0xb4, 0xcd))
})

test('bytes survive the way to text and back, with zeros at either end', () => {
  for (let length = 1; length <= 64; length += 1) {
    const bytes = crypto.getRandomValues(new Uint8Array(length))
    if (length % 3 === 0) bytes[0] = 0
    if (length % 5 === 0) bytes[length - 1] = 0
    assert.deepEqual(fromMultibase(toMultibase(bytes)), bytes)
  }
})

test('text that is not base58-btc has no bytes', () => {
  for (const text of ['', 'z', 'm6Mk', 'z0', 'zO', 'zI', 'zl', 'z6Mk ', 'z6Mké', `z${'2'.repeat(97)}`]) {
    assert.equal(fromMultibase(text), null, text)
  }
})

test('a did:key holds the public key, and its one verification method repeats it', () => {
  const publicKey = publicKeyOfDid(DID)
  assert.equal(publicKey?.length, 32)
  assert.equal(toDidKey(toPublicKeyMultibase(publicKey as Uint8Array)), DID)
  assert.equal(verificationMethodOf(DID), `${DID}#${MULTIKEY}`)
})

test('a did:key of another kind of key, of another length or method has no Ed25519 key', () => {
  const p256 = 'did:key:zDnaegE6RR3atJtHKwTRTWHsJ3kNHqFwv7n9YjTgmU7TyfU76'
  const short = toDidKey(toPublicKeyMultibase(new Uint8Array(31)))
  for (const did of [p256, short, `${DID}#${MULTIKEY}`, `did:web:${MULTIKEY}`, 'did:key:', MULTIKEY]) {
    assert.equal(publicKeyOfDid(did), null, did)
  }
})
