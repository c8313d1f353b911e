import { type Finding, type FindingReason, finding, sentenceOf } from '@azora/credential/findings.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import {
  type CertificateRow,
  selectIsOurIssuer,
  selectMyCertificates,
  selectOptionalCertificate,
} from './certificates.store.ts'
import { certificateUrl } from './issue-certificate.ts'
import { verifyInThread } from './verify-in-thread.ts'

export const withUrl = <R extends CertificateRow>(row: R, publicUrl: string) => ({
  ...row,
  url: certificateUrl(publicUrl, row.id),
})

export async function listMyCertificates(db: Database, actor: Actor, publicUrl: string) {
  const rows = await selectMyCertificates(db.in(actor.organizationId), actor.userId)
  return { items: rows.map(row => withUrl(row, publicUrl)) }
}

/** @throws AppError `not_found`. */
export async function readCertificate(db: Database, certificateId: string, publicUrl: string) {
  const found = await selectOptionalCertificate(db.across, certificateId)
  if (!found) throw new AppError('not_found')
  return withUrl(found, publicUrl)
}

/**
 * Check a credential that someone holds: what the file proves by itself, then what only we can know, namely
 * whether its key is a school's of ours and whether we have taken the certificate back.
 * @param caller whose turn the work takes, as their network address
 */
export async function checkCredential(db: Database, credential: Record<string, unknown>, caller: string) {
  const verdict = await verifyInThread(credential, caller)
  const checks: (Finding & { name: string; ok: boolean; detail: string })[] = [...verdict.checks]
  const issuedHere = verdict.issuerDid !== null && (await selectIsOurIssuer(db.across, verdict.issuerDid))
  const id = /^urn:uuid:([0-9a-f-]{36})$/.exec(verdict.credentialId ?? '')?.[1] ?? null
  const known = issuedHere && id ? await selectOptionalCertificate(db.across, id) : null
  if (issuedHere) {
    const found = finding(registerSays(known))
    checks.push({
      name: 'register',
      ok: known !== null && known.revokedAt === null,
      ...found,
      detail: sentenceOf(found),
    })
  }
  return {
    valid: verdict.valid && checks.every(check => check.ok),
    checks,
    issuedHere,
    certificateId: known?.id ?? null,
    revokedAt: known?.revokedAt ?? null,
    revocationReason: known?.revocationReason ?? null,
  }
}

function registerSays(known: CertificateRow | null): FindingReason {
  if (!known) return 'register_misses'
  return known.revokedAt ? 'register_revoked' : 'register_lists'
}
