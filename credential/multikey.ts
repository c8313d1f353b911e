/**
 * Ed25519 keys and signatures as text: multibase base58-btc with a multicodec prefix ("Multikey"), and the
 * `did:key` address made of it. Sources: W3C Controlled Identifiers 1.0 sections 2.2.2 and 2.4; the did:key
 * method specification. Browser-safe: no `Buffer`.
 */

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const BASE = 58n

/** The multicodec code 0xed (Ed25519 public key) as an unsigned varint. */
const ED25519_PUBLIC = Uint8Array.of(0xed, 0x01)
const PUBLIC_KEY_BYTES = 32
const DID_KEY = 'did:key:'

/** The longest text decoded here is a 64-byte signature (at most 88 digits); longer is refused before the work. */
const MAX_DIGITS = 96

/** Bytes as multibase base58-btc: the letter `z`, then base-58 digits. */
export function toMultibase(bytes: Uint8Array): string {
  let value = 0n
  for (const byte of bytes) value = value * 256n + BigInt(byte)
  let digits = ''
  for (; value > 0n; value /= BASE) digits = ALPHABET.charAt(Number(value % BASE)) + digits
  for (const byte of bytes) {
    if (byte !== 0) break
    digits = `1${digits}`
  }
  return `z${digits}`
}

/** The bytes of multibase base58-btc text, or null when it is not that. */
export function fromMultibase(text: string): Uint8Array<ArrayBuffer> | null {
  if (!text.startsWith('z') || text.length < 2 || text.length > MAX_DIGITS + 1) return null
  const digits = text.slice(1)
  let value = 0n
  for (const digit of digits) {
    const index = ALPHABET.indexOf(digit)
    if (index < 0) return null
    value = value * BASE + BigInt(index)
  }
  const bytes: number[] = []
  for (; value > 0n; value /= 256n) bytes.unshift(Number(value % 256n))
  for (const digit of digits) {
    if (digit !== '1') break
    bytes.unshift(0)
  }
  return Uint8Array.from(bytes)
}

/** A 32-byte Ed25519 public key as `publicKeyMultibase` (it starts with `z6Mk`). */
export function toPublicKeyMultibase(publicKey: Uint8Array): string {
  const bytes = new Uint8Array(ED25519_PUBLIC.length + publicKey.length)
  bytes.set(ED25519_PUBLIC)
  bytes.set(publicKey, ED25519_PUBLIC.length)
  return toMultibase(bytes)
}

/** The `did:key` of a `publicKeyMultibase`. */
export function toDidKey(publicKeyMultibase: string): string {
  return DID_KEY + publicKeyMultibase
}

/** The one verification method that a `did:key` document has: the DID, `#`, and the key again. */
export function verificationMethodOf(did: string): string {
  return `${did}#${did.slice(DID_KEY.length)}`
}

/** The 32-byte Ed25519 public key inside a `did:key`, or null when the DID is of another kind or malformed. */
export function publicKeyOfDid(did: string): Uint8Array<ArrayBuffer> | null {
  if (!did.startsWith(DID_KEY)) return null
  const bytes = fromMultibase(did.slice(DID_KEY.length))
  if (bytes?.length !== ED25519_PUBLIC.length + PUBLIC_KEY_BYTES) return null
  if (!ED25519_PUBLIC.every((byte, index) => bytes[index] === byte)) return null
  return bytes.slice(ED25519_PUBLIC.length)
}
