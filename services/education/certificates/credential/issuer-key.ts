import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { publicKeyOfDid, toDidKey, toPublicKeyMultibase } from '@azora/credential/multikey.ts'

/**
 * A school's signing key. `privateKey` is the 32-byte Ed25519 seed (RFC 8032 section 5.1.5) in base64url: the
 * caller seals it before it is stored. `did` names the issuer in every credential and is public.
 */
export type IssuerKey = { did: string; publicKeyMultibase: string; privateKey: string }

export function generateIssuerKey(): IssuerKey {
  const { x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  const publicKeyMultibase = toPublicKeyMultibase(Buffer.from(x as string, 'base64url'))
  return { did: toDidKey(publicKeyMultibase), publicKeyMultibase, privateKey: d as string }
}

/** @throws Error when the key is malformed */
export function privateKeyOf(key: IssuerKey): KeyObject {
  const publicKey = publicKeyOfDid(key.did)
  if (!publicKey) throw new Error(`The issuer key ${key.did} is not an Ed25519 did:key.`)
  const x = Buffer.from(publicKey).toString('base64url')
  return createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', x, d: key.privateKey }, format: 'jwk' })
}
