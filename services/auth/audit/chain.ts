import { createHash, randomBytes } from 'node:crypto'

/**
 * The seal of the audit log. Each school has a chain: an entry carries the hash of the one before it, so that
 * changing, removing, inserting or reordering entries breaks every hash that follows. To recompute it elsewhere:
 *
 *     hash = lower-case hexadecimal SHA-256 of the UTF-8 bytes of the canonical JSON (RFC 8785) of
 *     {
 *       "action":         text,
 *       "actor":          { "id": UUID or null, "kind": text },
 *       "at":             UTC, always as 2026-01-31T08:00:00.000Z,
 *       "details":        object,
 *       "id":             UUID,
 *       "impersonatorId": UUID or null,
 *       "organizationId": UUID,
 *       "originDigest":   hexadecimal or null,
 *       "previousHash":   hexadecimal; of the first entry, 64 zeros,
 *       "sequence":       integer from 1,
 *       "subject":        { "id": text, "kind": text } or null
 *     }
 *
 *     originDigest = lower-case hexadecimal SHA-256 of the 16 bytes of the salt, then the UTF-8 bytes of the canonical
 *     JSON of { "ip": text, "userAgent": text }
 *
 * Where someone was is personal and must be erasable; so the chain holds only the digest. While the origin is kept,
 * it can be checked against the digest; once it and its salt are gone, the digest tells nothing and the chain holds.
 */

/** What stands before the first entry of a chain. */
export const noHash = '0'.repeat(64)

export type Origin = { ip: string; userAgent: string }

/** An entry as it is sealed. */
export type SealedEntry = {
  organizationId: string
  sequence: number
  id: string
  at: string
  action: string
  actor: { kind: 'person' | 'key' | 'client' | 'system'; id: string | null }
  impersonatorId: string | null
  subject: { kind: string; id: string } | null
  details: Record<string, unknown>
  originDigest: string | null
  previousHash: string
}

/**
 * JSON in one way only (RFC 8785): members sorted by their UTF-16 code units, no spaces, numbers and texts as
 * ECMAScript writes them. For values that came from JSON.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${canonicalJson(inner)}`).join(',')}}`
}

export function hashOf(entry: SealedEntry): string {
  const { organizationId, sequence, id, at, action, impersonatorId, details, originDigest, previousHash } =
    entry
  const actor = { kind: entry.actor.kind, id: entry.actor.id }
  const subject = entry.subject && { kind: entry.subject.kind, id: entry.subject.id }
  const sealed = { organizationId, sequence, id, at, action, actor, impersonatorId, subject, details }
  const text = canonicalJson({ ...sealed, originDigest, previousHash })
  return createHash('sha256').update(text).digest('hex')
}

/** A new salt, 16 random bytes in hexadecimal. */
export const newSalt = () => randomBytes(16).toString('hex')

/** @param salt in hexadecimal. */
export function digestOrigin(salt: string, { ip, userAgent }: Origin): string {
  return createHash('sha256')
    .update(Buffer.from(salt, 'hex'))
    .update(canonicalJson({ ip, userAgent }))
    .digest('hex')
}
