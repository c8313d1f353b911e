import { z } from 'zod'
import { canonicalEmail } from '../email-address.ts'
import { commonFailures } from '../failures.ts'
import { once } from '../shown-once.ts'
import { id, office, role, schoolRole, time } from '../wire.ts'
import { authFailures } from './failures.ts'

/** The shapes that auth's contracts share. */

export const tags: [string] = ['auth']

export const organization = z.object({ id, slug: z.string(), name: z.string() })

export const account = z.object({
  id,
  email: z.string(),
  name: z.string(),
  roles: z.array(role),
  offices: z.array(office),
  organization,
  mfaEnabled: z.boolean(),
})

const typed = z
  .string()
  .overwrite(text => canonicalEmail(text) ?? text.trim().toLowerCase())
  .max(254)

/** An email address, in the one form that is kept: see email-address.ts. */
export const email = typed.refine(text => canonicalEmail(text) !== null, commonFailures.fields.email_invalid)

/** An address as someone types it to sign in: any text, so that a wrong one is answered like an unknown one. */
export const typedEmail = typed

export const newPassword = z.string().min(10, authFailures.fields.password_short).max(200)
export const school = z.string().max(80).optional()

/** A secret that came by email: 32 random bytes in base64url. */
export const emailToken = z.string().min(20).max(100)

/** Six digits, with or without a space in the middle. */
export const sixDigits = z
  .string()
  .max(20)
  .transform(text => text.replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/, authFailures.fields.six_digits))

/**
 * `cookie` asks for a web session: the tokens travel in HttpOnly cookies and are absent from the body. `token`
 * (the default) is for programs and mobile applications, which keep the tokens themselves.
 */
export const session = z.enum(['cookie', 'token']).default('token')

const tokens = once(
  z.object({
    accessToken: z.string(),
    accessExpiresAt: time,
    refreshToken: z.string(),
    refreshExpiresAt: time,
  }),
)

export const signedIn = z.object({ account, tokens: tokens.nullable() })

/** What is still missing before someone is signed in. */
const secondFactors = ['totp', 'recovery_code', 'passkey'] as const
const challenge = z.object({
  token: z.string(),
  methods: z.array(z.enum(secondFactors)),
  expiresAt: time,
})

/** Signed in, or asked for a second factor: exactly one of `account` and `challenge` is there. */
export const signInAnswer = z.object({
  account: account.nullable(),
  tokens: tokens.nullable(),
  challenge: challenge.nullable(),
})

/** A code went out by email; `id` names what it confirms. The answer is the same whether anyone has the address. */
export const codeSent = z.object({ id, expiresAt: time })

/** WebAuthn options and responses pass through as JSON (W3C WebAuthn Level 3, 5.1.8 and 5.1.9). */
export const webauthnJson = z.record(z.string(), z.unknown())
export const ceremony = z.object({ ceremonyId: id, options: webauthnJson })

export const membership = z.object({ organization, roles: z.array(schoolRole) })

export const sessionRecord = z.object({
  id,
  /** Browser and system, as far as the browser tells. */
  device: z.string(),
  /** The country of the network address, where it is known; otherwise null. */
  place: z.string().nullable(),
  ip: z.string(),
  createdAt: time,
  lastSeenAt: time,
  current: z.boolean(),
  /** The administrator who looks through this person's eyes. */
  impersonatedBy: z.string().nullable(),
})
