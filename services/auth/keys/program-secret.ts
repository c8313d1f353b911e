import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** The secrets of programs: 32 random bytes in base64url, of which only the SHA-256 is kept. */

export const createProgramSecret = () => randomBytes(32).toString('base64url')

/** What is kept of a secret, in hexadecimal. */
export const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

// Stands in for a hash where there is none, so that an unknown id costs the same work.
const nobodys = hashOf('')

/** Whether the secret has this hash, in a time that tells nothing of it. Against null it never has. */
export function matches(secret: string, hash: string | null): boolean {
  const equal = timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(hash ?? nobodys))
  return equal && hash !== null
}

const keyShape = /^azora_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([\w-]{43})$/

const plainId = (keyId: string) => keyId.replaceAll('-', '')

/** `azora_<id without hyphens>_<secret>`: what names the row and what proves the right to it. */
export const apiKeyOf = (keyId: string, secret: string) => `azora_${plainId(keyId)}_${secret}`

/** The parts of an API key, or null when it is none. */
export function readApiKey(key: string): { keyId: string; secret: string } | null {
  const found = keyShape.exec(key)
  if (!found) return null
  return { keyId: found.slice(1, 6).join('-'), secret: found[6] as string }
}

/** The beginning of a key, by which its owner knows it again; it tells nothing that its id does not. */
export const prefixOf = (keyId: string) => `azora_${plainId(keyId).slice(0, 12)}`
