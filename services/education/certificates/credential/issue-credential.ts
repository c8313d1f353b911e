import { createHash } from 'node:crypto'
import {
  type IdentityObject,
  ISSUED_CONTEXTS,
  type OpenBadgeCredential,
} from '@azora/credential/open-badge.ts'
import { verifyCredential } from '@azora/credential/verify-credential.ts'
import type { IssuerKey } from './issuer-key.ts'
import { proofOf } from './sign-credential.ts'

export type CredentialRequest = {
  /** The school. */
  issuer: { name: string; url: string; key: IssuerKey }
  /** An https address or `urn:uuid:…`, never reused. */
  credentialId: string
  /** The certificate's public page. */
  credentialUrl: string
  /** `emailHash` as `hashRecipientEmail` makes it: the address itself never enters the file. */
  recipient: { name: string; emailHash?: { identityHash: string; salt: string } }
  achievement: {
    /** The address of the course. */
    id: string
    name: string
    description: string
    /** What the learner had to do, in words. */
    criteriaNarrative: string
    /** An Open Badges 3.0 achievement type; a finished course is a `Certificate` unless said otherwise. */
    achievementType?: string
  }
  /** RFC 3339 date-time with time zone. */
  validFrom: string
  evidence?: { id?: string; name: string; description?: string; narrative?: string }[]
  /** The final score, 0 to 100. */
  result?: { scorePercent: number }
  /** RFC 3339 date-time; the time of issue unless given. The same request with the same time gives the same file. */
  signedAt?: string
}

/**
 * Issues an Open Badges 3.0 credential with a Data Integrity proof; the file alone proves itself.
 *
 * @throws Error when the request does not make a valid credential (an empty name, an id that is no address, a
 *   date of the future): what leaves here has been verified by the same code that a reader uses
 */
export async function issueCredential(request: CredentialRequest): Promise<OpenBadgeCredential> {
  const { issuer, signedAt = withoutMilliseconds(new Date()) } = request
  const unsigned = unsignedCredential(request)
  const credential = { ...unsigned, proof: await proofOf(unsigned, issuer.key, signedAt) }
  const { checks } = await verifyCredential(credential)
  const fault = checks.find(({ ok }) => !ok)
  if (fault) throw new Error(`The credential ${request.credentialId} was not issued. ${fault.detail}`)
  return credential
}

/**
 * Open Badges 3.0 `identityHash` of an e-mail address, in lower case, so that a holder can show that an address
 * is theirs and nobody can read it out of the file.
 *
 * @param salt at least 16 random bytes as text; without it, a list of known addresses would find the match
 */
export function hashRecipientEmail(email: string, salt: string): { identityHash: string; salt: string } {
  const hash = createHash('sha256').update(email.trim().toLowerCase() + salt)
  return { identityHash: `sha256$${hash.digest('hex')}`, salt }
}

function unsignedCredential(request: CredentialRequest): Omit<OpenBadgeCredential, 'proof'> {
  const { issuer, recipient, achievement, evidence = [], result } = request
  const resultDescription = `${achievement.id}#score`
  return {
    '@context': [...ISSUED_CONTEXTS],
    id: request.credentialId,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: achievement.name,
    url: request.credentialUrl,
    issuer: { id: issuer.key.did, type: ['Profile'], name: issuer.name, url: issuer.url },
    validFrom: request.validFrom,
    credentialSubject: {
      type: ['AchievementSubject'],
      name: recipient.name,
      identifier: identitiesOf(recipient),
      achievement: {
        id: achievement.id,
        type: ['Achievement'],
        achievementType: achievement.achievementType ?? 'Certificate',
        name: achievement.name,
        description: achievement.description,
        criteria: { narrative: achievement.criteriaNarrative },
        ...(result && {
          resultDescription: [
            {
              id: resultDescription,
              type: ['ResultDescription'],
              name: 'Final score',
              resultType: 'Percent',
              valueMin: '0',
              valueMax: '100',
            },
          ],
        }),
      },
      ...(result && {
        result: [{ type: ['Result'], resultDescription, value: String(result.scorePercent) }],
      }),
    },
    ...(evidence.length > 0 && {
      evidence: evidence.map(item => ({ type: ['Evidence'] as ['Evidence'], ...item })),
    }),
  }
}

/** The name comes also as an identity, because Open Badges asks for one of those or a subject id. */
function identitiesOf({ name, emailHash }: CredentialRequest['recipient']): IdentityObject[] {
  const byName: IdentityObject = {
    type: 'IdentityObject',
    identityType: 'name',
    hashed: false,
    identityHash: name,
  }
  if (!emailHash) return [byName]
  return [byName, { type: 'IdentityObject', identityType: 'emailAddress', hashed: true, ...emailHash }]
}

function withoutMilliseconds(time: Date): string {
  return time.toISOString().replace(/\.\d{3}Z$/, 'Z')
}
