import type { CredentialRequest } from './issue-credential.ts'
import { hashRecipientEmail } from './issue-credential.ts'
import { generateIssuerKey } from './issuer-key.ts'

/** A request with every optional part present, as the tests of this folder use it. */
export function sampleRequest(changes: Partial<CredentialRequest> = {}): CredentialRequest {
  return {
    issuer: { name: 'Sunrise Learning Centre', url: 'https://sunrise.example', key: generateIssuerKey() },
    credentialId: 'urn:uuid:0198c2a4-5f3e-7c11-9a54-3f1d2b6c7e80',
    credentialUrl: 'https://sunrise.example/certificates/0198c2a4-5f3e-7c11-9a54-3f1d2b6c7e80',
    recipient: {
      name: 'Nomvula Dlamini-Kühn',
      emailHash: hashRecipientEmail('nomvula@mail.example', 'q7Zt0uYk1bXw93Rf'),
    },
    achievement: {
      id: 'https://sunrise.example/courses/household-budgeting',
      name: 'Household budgeting',
      description: 'Plans a month of income and spending, and keeps to the plan.',
      criteriaNarrative: 'Every lesson read; at least 70 percent in the closing quiz.',
    },
    validFrom: '2026-03-02T08:15:00Z',
    evidence: [{ name: 'Closing quiz', narrative: 'Eighteen of twenty questions answered correctly.' }],
    result: { scorePercent: 90 },
    ...changes,
  }
}
