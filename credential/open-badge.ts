import { CREDENTIALS_V2, DATA_INTEGRITY_V2, OPEN_BADGES_3_0_3 } from './document-loader.ts'
import { type Finding, finding } from './findings.ts'
import { isObject, type JsonObject } from './json-document.ts'

/**
 * The shape of an Open Badges 3.0 `AchievementCredential` as this project issues it (1EdTech Open Badges 3.0,
 * appendix B.1, on W3C Verifiable Credentials 2.0).
 */
export type OpenBadgeCredential = {
  '@context': string[]
  /** An https address or `urn:uuid:…`. */
  id: string
  type: ['VerifiableCredential', 'OpenBadgeCredential']
  name: string
  description?: string
  /** The public page of the certificate. */
  url: string
  issuer: { id: string; type: ['Profile']; name: string; url: string }
  /** RFC 3339 date-time with time zone. */
  validFrom: string
  credentialSubject: {
    type: ['AchievementSubject']
    name: string
    identifier: IdentityObject[]
    achievement: Achievement
    result?: { type: ['Result']; resultDescription: string; value: string }[]
  }
  evidence?: { type: ['Evidence']; id?: string; name: string; description?: string; narrative?: string }[]
  proof: DataIntegrityProof
}

/** `identityHash` is the plain value when `hashed` is false, else `sha256$` and hex of SHA-256(value + salt). */
export type IdentityObject = {
  type: 'IdentityObject'
  identityType: 'name' | 'emailAddress'
  hashed: boolean
  identityHash: string
  salt?: string
}

export type Achievement = {
  id: string
  type: ['Achievement']
  name: string
  description: string
  criteria: { narrative: string }
  achievementType?: string
  inLanguage?: string
  resultDescription?: {
    id: string
    type: ['ResultDescription']
    name: string
    resultType: 'Percent'
    valueMin: string
    valueMax: string
  }[]
}

export type DataIntegrityProof = {
  type: 'DataIntegrityProof'
  cryptosuite: 'eddsa-rdfc-2022'
  created: string
  verificationMethod: string
  proofPurpose: 'assertionMethod'
  proofValue: string
}

/** The contexts that we issue with, in this order. */
export const ISSUED_CONTEXTS = [CREDENTIALS_V2, OPEN_BADGES_3_0_3]

/** The whole lists that are accepted; the third address only repeats terms that the first already defines. */
const ACCEPTED_CONTEXTS = [ISSUED_CONTEXTS, [...ISSUED_CONTEXTS, DATA_INTEGRITY_V2]]

/**
 * Null when `@context` is exactly a list whose meaning we carry, else the reason. Exactly, because a later
 * entry of the list may redefine what an earlier one says.
 */
export function faultInContexts(contexts: unknown): Finding | null {
  const accepted = ACCEPTED_CONTEXTS.some(
    list =>
      Array.isArray(contexts) &&
      contexts.length === list.length &&
      list.every((url, index) => contexts[index] === url),
  )
  return accepted ? null : finding('contexts_unexpected', { expected: ISSUED_CONTEXTS.join(', ') })
}

/** Null when the required properties of Open Badges 3.0 are there with the right types, else the first fault. */
export function faultInCredential(credential: JsonObject): Finding | null {
  const { issuer, credentialSubject: subject } = credential
  const achievement = isObject(subject) ? subject.achievement : undefined
  const criteria = isObject(achievement) ? achievement.criteria : undefined
  return (
    faultInType(credential, 'VerifiableCredential', 'credential') ??
    faultInBadgeType(credential) ??
    faultInAddress(credential.id, 'id') ??
    faultInOptionalText(credential.name, 'name') ??
    faultInTime(credential.validFrom, 'validFrom') ??
    (credential.validUntil === undefined ? null : faultInTime(credential.validUntil, 'validUntil')) ??
    faultInObject(issuer, 'Profile', 'issuer') ??
    faultInText(property(issuer, 'name'), 'issuer.name') ??
    faultInObject(subject, 'AchievementSubject', 'credentialSubject') ??
    faultInRecipient(subject as JsonObject) ??
    faultInObject(achievement, 'Achievement', 'credentialSubject.achievement') ??
    faultInAddress(property(achievement, 'id'), 'credentialSubject.achievement.id') ??
    faultInText(property(achievement, 'name'), 'credentialSubject.achievement.name') ??
    faultInText(property(achievement, 'description'), 'credentialSubject.achievement.description') ??
    faultInCriteria(criteria)
  )
}

/** The recipient's name as the credential says it, or null: a property of its own, else an identity object. */
export function recipientNameOf(credential: JsonObject): string | null {
  const subject = credential.credentialSubject
  const name = property(subject, 'name')
  if (typeof name === 'string') return name
  const identities = property(subject, 'identifier')
  const list = Array.isArray(identities) ? identities : [identities]
  const named = list.find(
    identity => property(identity, 'identityType') === 'name' && property(identity, 'hashed') === false,
  )
  const plain = property(named, 'identityHash')
  return typeof plain === 'string' ? plain : null
}

/** A property of something that may not be an object. */
export function property(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** An RFC 3339 date-time with time zone, and a day that exists (VC 2.0 asks for XML Schema `dateTimeStamp`). */
export function isTime(value: unknown): value is string {
  const shape =
    /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/
  const day = typeof value === 'string' ? shape.exec(value)?.[1] : undefined
  if (!day) return false
  const midnight = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
}

function hasType(value: JsonObject, type: string): boolean {
  const types = Array.isArray(value.type) ? value.type : [value.type]
  return types.every(each => typeof each === 'string') && types.includes(type)
}

function faultInType(value: JsonObject, type: string, name: string): Finding | null {
  return hasType(value, type) ? null : finding('type_missing', { name, type })
}

function faultInBadgeType(credential: JsonObject): Finding | null {
  const isBadge = hasType(credential, 'OpenBadgeCredential') || hasType(credential, 'AchievementCredential')
  return isBadge ? null : finding('not_open_badge')
}

function faultInObject(value: unknown, type: string, name: string): Finding | null {
  if (!isObject(value)) return finding('object_missing', { name })
  return (
    faultInType(value, type, name) ?? (value.id === undefined ? null : faultInAddress(value.id, `${name}.id`))
  )
}

/** Open Badges 3.0: a subject without an id must carry at least one identity. */
function faultInRecipient(subject: JsonObject): Finding | null {
  if (subject.id === undefined && subject.identifier === undefined) {
    return finding('recipient_missing')
  }
  return faultInOptionalText(subject.name, 'credentialSubject.name')
}

function faultInCriteria(criteria: unknown): Finding | null {
  if (!isObject(criteria)) return finding('criteria_missing')
  if (criteria.id === undefined && criteria.narrative === undefined) {
    return finding('criteria_empty')
  }
  return faultInOptionalText(criteria.narrative, 'credentialSubject.achievement.criteria.narrative')
}

/** An absolute address; blank-node names and characters that would break a canonical line are refused. */
function faultInAddress(value: unknown, name: string): Finding | null {
  const isAddress = typeof value === 'string' && /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(value)
  return isAddress ? null : finding('address_missing', { name })
}

function faultInText(value: unknown, name: string): Finding | null {
  return typeof value === 'string' && value.trim() !== '' ? null : finding('text_missing', { name })
}

function faultInOptionalText(value: unknown, name: string): Finding | null {
  return value === undefined ? null : faultInText(value, name)
}

function faultInTime(value: unknown, name: string): Finding | null {
  return isTime(value) ? null : finding('time_missing', { name })
}
