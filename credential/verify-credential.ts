import { CRYPTOSUITE, dataToSign, PROOF_TYPE, UncoveredStatement } from './data-integrity.ts'
import { type Finding, type FindingReason, finding, sentenceOf } from './findings.ts'
import { isObject, type JsonObject, readJsonDocument, UnreadableDocument } from './json-document.ts'
import { fromMultibase, publicKeyOfDid, verificationMethodOf } from './multikey.ts'
import { faultInContexts, faultInCredential, isTime, property, recipientNameOf } from './open-badge.ts'

/**
 * Checks an Open Badges 3.0 credential with nothing but the file: no network, no account, no key store. Runs in
 * a browser and in Node alike (`crypto.subtle`). It accepts less than the standards allow, on purpose: whatever
 * could make a reader see something else than the signature covers is refused with its reason.
 */

export type CheckName = 'document' | 'context' | 'credential' | 'proof' | 'signature' | 'period' | 'status'

/** `detail` is the finding as an English sentence. */
export type CredentialCheck = Finding & { name: CheckName; ok: boolean; detail: string }

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
    return verdict({}, [check('document', error.finding, 'document_fine')])
  }
  const proof = soleProof(document.proof)
  const beforeSignature = [
    check('document', null, 'document_fine'),
    check('context', faultInContexts(document['@context']), 'contexts_expected'),
    check('credential', faultInCredential(document), 'credential_complete'),
    check('proof', faultInProof(proof, document), 'proof_found'),
  ]
  return verdict(document, [
    ...beforeSignature,
    beforeSignature.every(({ ok }) => ok)
      ? check('signature', await faultInSignature(document, proof as JsonObject), 'signature_matches')
      : check('signature', finding('signature_unchecked'), 'signature_matches'),
    check('period', faultInPeriod(document, proof, now), 'period_current'),
    check('status', faultInStatus(document), 'status_without_list'),
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

function check(name: CheckName, fault: Finding | null, good: FindingReason): CredentialCheck {
  const found = fault ?? finding(good)
  return { name, ok: fault === null, ...found, detail: sentenceOf(found) }
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

function faultInProof(proof: unknown, document: JsonObject): Finding | null {
  if (proof === undefined) return finding('proof_missing')
  if (Array.isArray(proof)) return finding('proof_several')
  if (!isObject(proof)) return finding('proof_not_object')
  const strange = Object.keys(proof).find(term => !PROOF_TERMS.has(term))
  if (strange !== undefined) return finding('proof_unexpected_property', { name: strange })
  if (proof.type !== PROOF_TYPE) return finding('proof_other_type', { expected: PROOF_TYPE })
  if (proof.cryptosuite !== CRYPTOSUITE) return finding('proof_other_suite', { expected: CRYPTOSUITE })
  if (proof.proofPurpose !== 'assertionMethod') return finding('proof_other_purpose')
  if (proof.created !== undefined && !isTime(proof.created)) return finding('proof_creation_unreadable')
  if (proof.expires !== undefined && !isTime(proof.expires)) return finding('proof_expiry_unreadable')
  return faultInKey(proof, property(document.issuer, 'id'))
}

function faultInKey(proof: JsonObject, issuerDid: unknown): Finding | null {
  if (typeof issuerDid !== 'string' || publicKeyOfDid(issuerDid) === null) {
    return finding('issuer_not_a_key')
  }
  if (proof.verificationMethod !== verificationMethodOf(issuerDid)) {
    return finding('proof_by_other_key')
  }
  const isSignature =
    typeof proof.proofValue === 'string' && fromMultibase(proof.proofValue)?.length === SIGNATURE_BYTES
  return isSignature ? null : finding('proof_value_unusable')
}

async function faultInSignature(document: JsonObject, proof: JsonObject): Promise<Finding | null> {
  let data: Uint8Array<ArrayBuffer>
  try {
    data = await dataToSign(document, proof)
  } catch (error) {
    if (error instanceof UncoveredStatement) return error.finding
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
    if (await canVerifyHere()) return finding('issuer_key_unusable')
    throw new Error('This runtime cannot check Ed25519 signatures (see canVerifyHere).', { cause: error })
  }
  const genuine = await crypto.subtle.verify('Ed25519', key, signature, data)
  return genuine ? null : finding('signature_differs')
}

function faultInPeriod(document: JsonObject, proof: unknown, now: Date): Finding | null {
  const from = document.validFrom
  const ends = [document.validUntil, property(proof, 'expires')].filter(isTime)
  if (isTime(from) && Date.parse(from) > now.getTime() + CLOCK_TOLERANCE_MS)
    return finding('not_yet_valid', { time: from })
  const ended = ends.find(end => Date.parse(end) < now.getTime())
  return ended === undefined ? null : finding('no_longer_valid', { time: ended })
}

/** A list elsewhere can only be asked online; to ignore it would call a withdrawn credential valid. */
function faultInStatus(document: JsonObject): Finding | null {
  return document.credentialStatus === undefined ? null : finding('status_with_list')
}
