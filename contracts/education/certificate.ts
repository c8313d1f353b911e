import { z } from 'zod'
import { operation } from '../operation.ts'
import { id, line, time } from '../wire.ts'
import { revocationReasons } from './revocation.ts'
import { tags } from './shapes.ts'

const revocationReason = z.enum(revocationReasons)

export const certificate = z.object({
  id,
  courseId: id,
  courseTitle: z.string(),
  recipientName: z.string(),
  schoolName: z.string(),
  instructorName: z.string(),
  issuedAt: time,
  /** The public page, absolute. */
  url: z.string(),
  revokedAt: time.nullable(),
  revocationReason: revocationReason.nullable(),
})

const credentialDocument = z.record(z.string(), z.unknown())

/** Certificates, and whether a credential is genuine. */
export const certificateOperations = {
  listCertificates: operation({
    method: 'GET',
    path: '/education/my-certificates',
    access: 'member',
    tags,
    summary: 'The certificates you have earned.',
  }).output(z.object({ items: z.array(certificate) })),
  getCertificate: operation({
    method: 'GET',
    path: '/education/certificates/{certificateId}',
    access: 'public',
    tags,
    summary: 'A certificate and its signed credential, for anyone who has its address.',
  })
    .input(z.object({ certificateId: id }))
    .output(certificate.extend({ credential: credentialDocument })),
  verifyCredential: operation({
    method: 'POST',
    path: '/education/certificates/verify',
    access: 'public',
    rateClass: 'verify',
    reads: true,
    tags,
    summary: 'Check an Open Badges 3.0 credential: its structure, its signature, and whether it was revoked.',
  })
    .input(z.object({ credential: credentialDocument }))
    .output(
      z.object({
        valid: z.boolean(),
        checks: z.array(
          z.object({
            name: z.string(),
            ok: z.boolean(),
            reason: z.string(),
            values: z.record(z.string(), z.string()),
            detail: z.string(),
          }),
        ),
        issuedHere: z.boolean(),
        certificateId: id.nullable(),
        revokedAt: time.nullable(),
        revocationReason: revocationReason.nullable(),
      }),
    ),
  revokeCertificate: operation({
    method: 'POST',
    path: '/education/certificates/{certificateId}/revoke',
    access: 'course.author',
    interactive: true,
    stepUp: true,
    tags,
    summary: 'Revoke a certificate of a course that you teach. This cannot be undone.',
    description:
      'Everyone who checks the certificate sees that it was revoked, when, and the reason. The learner gets an email that also holds the note.',
  })
    .input(z.object({ certificateId: id, reason: revocationReason, note: line(300) }))
    .output(certificate),
}

/** The credential itself, to be kept. */
export const certificateFiles = {
  downloadCredential: operation({
    method: 'GET',
    path: '/education/certificates/{certificateId}/credential.json',
    access: 'public',
    raw: 'download',
    speech: { mediaType: 'application/vc' },
    tags,
    summary: 'The signed Open Badges 3.0 credential as a file.',
  })
    .input(z.object({ certificateId: id }))
    .output(z.custom<Uint8Array>()),
}
