import { z } from 'zod'

/** What browsers send of a passkey (W3C WebAuthn Level 3, 5.1: `PublicKeyCredential.toJSON`), as far as we read it. */

const base64url = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[\w-]+={0,2}$/)

// At most 1023 bytes (5.8.3).
const credentialId = base64url(1364)

export const registrationJson = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url(8000),
    attestationObject: base64url(40_000),
    transports: z.array(z.string().max(30)).max(10).optional(),
  }),
  clientExtensionResults: z
    .object({ credProps: z.object({ rk: z.boolean().optional() }).optional() })
    .default({}),
})

export const assertionJson = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url(8000),
    authenticatorData: base64url(8000),
    signature: base64url(4000),
    userHandle: base64url(100)
      .nullish()
      .transform(handle => handle ?? undefined),
  }),
  clientExtensionResults: z.object({}).default({}),
})

export type AssertionJson = z.output<typeof assertionJson>
