import { CRYPTOSUITE, dataToSign, PROOF_TYPE, UncoveredStatement } from './data-integrity.ts'
import { isObject, type JsonObject, readJsonDocument, UnreadableDocument } from './json-document.ts'
import { fromMultibase, publicKeyOfDid, verificationMethodOf } from './multikey.ts'
import { faultInContexts, faultInCredential, isTime, property, recipientNameOf } from './open-badge.ts'

/**
 * Checks an Open Badges 3.0 credential with nothing but the file: no network, no account, no key store. Runs in
 * a browser and in Node alike (`crypto.subtle`). It accepts less than the standards allow, on purpose: whatever
 * could make a reader see something else than the signature covers is refused with its reason.
 */

export type CheckName = 'document' | 'context' | 'credential' | 'proof' | 'signature' | 'period' | 'status'

/** `name` is stable and can be translated; `detail` is an English sentence about this file. */
export type CredentialCheck = { name: CheckName; ok: boolean; detail: string }

/** When `valid` is false, the other fields are what the file claims and prove nothing. */
export type CredentialVerdict = {
  valid: boolean
  checks: CredentialCheck[]
  credentialId: string | null
  issuerDid: string | null
  issuerName: string | null
  recipientName: string | null
  achievementName: string | null
  validFrom: string | null
}

const PROOF_TERMS = new Set([
  'type',
  'cryptosuite',
  'created',
  'expires',
  'verificationMethod',
  'proofPurpose',
  'proofValue',
])
const SIGNATURE_BYTES = 64
/** How far the issuer's clock may run ahead of the reader's. */
const CLOCK_TOLERANCE_MS = 5 * 60 * 1000

/**
 * Verifies an Open Badge. A valid verdict says that the holder of `issuerDid` signed exactly this; whether that
 * key belongs to the school that it names is for the caller, who knows the school's keys, to compare.
 *
 * @param json the text of the file, or its parsed JSON
 * @param now the reader's time; a credential from the future or past its end is not valid
 * @returns a verdict for any input; nothing that a file holds makes it throw
 * @throws Error when the runtime has no Ed25519 (`canVerifyHere` tells before)
 */
export async function verifyCredential(json: unknown, now: Date = new Date()): Promise<CredentialVerdict> {
  let document: JsonObject
  try {
    document = readJsonDocument(json)
  } catch (error) {
    if (!(error instanceof UnreadableDocument)) throw error
    return verdict({}, [{ name: 'document', ok: false, detail: error.message }])
  }
  const proof = soleProof(document.proof)
  const beforeSignature = [
    check('document', null, 'The file is JSON of a sensible size and shape.'),
    check('context', faultInContexts(document['@context']), 'The vocabularies are the expected ones.'),
    check('credential', faultInCredential(document), 'It has every property that an Open Badge needs.'),
    check('proof', faultInProof(proof, document), 'It carries one proof, by the key that names the issuer.'),
  ]
  return verdict(document, [
    ...beforeSignature,
    beforeSignature.every(({ ok }) => ok)
      ? check(
          'signature',
          await faultInSignature(document, proof as JsonObject),
          'Nothing in it has changed since it was signed.',
        )
      : check('signature', 'The signature was not checked, because of what is wrong above.', ''),
    check('period', faultInPeriod(document, proof, now), 'It is within its period of validity.'),
    check('status', faultInStatus(document), 'It names no revocation list.'),
  ])
}

/** Whether this browser or runtime can check Ed25519 signatures (older phones cannot: ask the server there). */
export async function canVerifyHere(): Promise<boolean> {
  const basePoint = Uint8Array.of(0x58, ...new Uint8Array(31).fill(0x66))
  try {
    await crypto.subtle.importKey('raw', basePoint, 'Ed25519', false, ['verify'])
    return true
  } catch {
    // Either no `crypto.subtle` (a page without https) or no Ed25519 in it; both mean the same to the caller.
    return false
  }
}

function check(name: CheckName, fault: string | null, good: string): CredentialCheck {
  return { name, ok: fault === null, detail: fault ?? good }
}

function verdict(document: JsonObject, checks: CredentialCheck[]): CredentialVerdict {
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  return {
    valid: checks.every(({ ok }) => ok),
    checks,
    credentialId: text(document.id),
    issuerDid: text(property(document.issuer, 'id')),
    issuerName: text(property(document.issuer, 'name')),
    recipientName: recipientNameOf(document),
    achievementName: text(property(property(document.credentialSubject, 'achievement'), 'name')),
    validFrom: text(document.validFrom),
  }
}

/** A list of one is what some issuers write; of several, a reader cannot tell which one vouches for what. */
function soleProof(proof: unknown): unknown {
  return Array.isArray(proof) && proof.length === 1 ? proof[0] : proof
}

function faultInProof(proof: unknown, document: JsonObject): string | null {
  if (proof === undefined) return 'It has no proof: no one signed it.'
  if (Array.isArray(proof)) return 'It has several proofs; exactly one is accepted.'
  if (!isObject(proof)) return 'Its proof is not an object.'
  const strange = Object.keys(proof).find(term => !PROOF_TERMS.has(term))
  if (strange !== undefined) return `Its proof has the unexpected property "${strange}".`
  if (proof.type !== PROOF_TYPE) return `Its proof is not a ${PROOF_TYPE}.`
  if (proof.cryptosuite !== CRYPTOSUITE) return `Its proof does not use ${CRYPTOSUITE}.`
  if (proof.proofPurpose !== 'assertionMethod')
    return 'Its proof was made for a purpose other than assertion.'
  if (proof.created !== undefined && !isTime(proof.created))
    return 'Its proof has an unreadable creation time.'
  if (proof.expires !== undefined && !isTime(proof.expires)) return 'Its proof has an unreadable expiry time.'
  return faultInKey(proof, property(document.issuer, 'id'))
}

function faultInKey(proof: JsonObject, issuerDid: unknown): string | null {
  if (typeof issuerDid !== 'string' || publicKeyOfDid(issuerDid) === null) {
    return 'Its issuer is not named by an Ed25519 did:key, the only kind that can be checked without a network.'
  }
  if (proof.verificationMethod !== verificationMethodOf(issuerDid)) {
    return 'Its proof was not made with the key of the issuer.'
  }
  const isSignature =
    typeof proof.proofValue === 'string' && fromMultibase(proof.proofValue)?.length === SIGNATURE_BYTES
  return isSignature ? null : 'Its proof value is not an Ed25519 signature.'
}

async function faultInSignature(document: JsonObject, proof: JsonObject): Promise<string | null> {
  let data: Uint8Array<ArrayBuffer>
  try {
    data = await dataToSign(document, proof)
  } catch (error) {
    if (error instanceof UncoveredStatement) return error.message
    throw error
  }
  const issuerDid = property(document.issuer, 'id') as string
  const publicKey = publicKeyOfDid(issuerDid) as Uint8Array<ArrayBuffer>
  const signature = fromMultibase(proof.proofValue as string) as Uint8Array<ArrayBuffer>
  let key: CryptoKey
  try {
    key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify'])
  } catch (error) {
    // Runtimes differ in when they refuse a point that is not on the curve: on import or on use.
    if (await canVerifyHere()) return 'The key of the issuer is not a usable Ed25519 key.'
    throw new Error('This runtime cannot check Ed25519 signatures (see canVerifyHere).', { cause: error })
  }
  const genuine = await crypto.subtle.verify('Ed25519', key, signature, data)
  return genuine ? null : 'The signature does not match: the file was changed after it was signed.'
}

function faultInPeriod(document: JsonObject, proof: unknown, now: Date): string | null {
  const from = document.validFrom
  const ends = [document.validUntil, property(proof, 'expires')].filter(isTime)
  if (isTime(from) && Date.parse(from) > now.getTime() + CLOCK_TOLERANCE_MS)
    return `It is valid only from ${from}.`
  const ended = ends.find(end => Date.parse(end) < now.getTime())
  return ended === undefined ? null : `It was valid until ${ended}.`
}

/** A list elsewhere can only be asked online; to ignore it would call a withdrawn credential valid. */
function faultInStatus(document: JsonObject): string | null {
  return document.credentialStatus === undefined
    ? null
    : 'It may have been revoked: it refers to a revocation list, which cannot be read without a network.'
}
