import { z } from 'zod'
import { operation } from '../operation.ts'
import { done, id, time } from '../wire.ts'
import {
  ceremony,
  school,
  session,
  sessionRecord,
  signedIn,
  signInAnswer,
  tags,
  typedEmail,
  webauthnJson,
} from './shapes.ts'

/** Signing in, staying signed in, signing out. */
export const sessionOperations = {
  login: operation({
    method: 'POST',
    path: '/auth/login',
    access: 'public',
    rateClass: 'sign_in',
    tags,
    summary: 'Sign in with email address and password.',
    description:
      'An account with a second factor answers a `challenge` instead of tokens; `completeSignIn` or `finishPasskeySignIn` takes it.',
  })
    .input(z.object({ email: typedEmail, password: z.string().max(200), school, session }))
    .output(signInAnswer),
  completeSignIn: operation({
    method: 'POST',
    path: '/auth/login/second-factor',
    access: 'public',
    rateClass: 'sign_in',
    tags,
    summary: 'Finish signing in with a code of the authenticator app or a recovery code.',
    description: 'Five wrong codes end the challenge: `link_expired`.',
  })
    .input(
      z.object({
        challenge: z.string().max(2000),
        method: z.enum(['totp', 'recovery_code']),
        code: z.string().trim().max(40),
        session,
      }),
    )
    .output(signedIn),
  startPasskeySignIn: operation({
    method: 'POST',
    path: '/auth/passkeys/sign-in/options',
    access: 'public',
    rateClass: 'sign_in',
    tags,
    summary: 'Start to sign in with a passkey: alone, or as the second factor of a challenge.',
  })
    .input(z.object({ challenge: z.string().max(2000).optional(), school }))
    .output(ceremony),
  finishPasskeySignIn: operation({
    method: 'POST',
    path: '/auth/passkeys/sign-in',
    access: 'public',
    rateClass: 'sign_in',
    tags,
    summary: 'Sign in with what the passkey answered.',
  })
    .input(z.object({ ceremonyId: id, response: webauthnJson, school, session }))
    .output(signedIn),
  refresh: operation({
    method: 'POST',
    path: '/auth/refresh',
    access: 'public',
    whileImpersonating: true,
    tags,
    summary: 'Exchange a refresh token for a new pair; the old one no longer works.',
    description:
      'Each refresh token works once. Within 30 seconds the used token still gets the same successor, so that two tabs may refresh at the same time; after that its use ends the whole session. The refresh cookie serves when the body names no token.',
  })
    .input(z.object({ refreshToken: z.string().max(400).optional() }))
    .output(signedIn),
  logout: operation({
    method: 'POST',
    path: '/auth/logout',
    access: 'member',
    whileImpersonating: true,
    tags,
    summary: 'End this session.',
  })
    .input(z.object({}))
    .output(done),
  listSessions: operation({
    method: 'GET',
    path: '/auth/sessions',
    access: 'member',
    interactive: true,
    tags,
    summary: 'Your sessions in all schools, latest first.',
  }).output(z.object({ items: z.array(sessionRecord) })),
  revokeSession: operation({
    method: 'DELETE',
    path: '/auth/sessions/{sessionId}',
    access: 'member',
    interactive: true,
    stepUp: true,
    tags,
    summary: 'End one of your sessions, wherever it is; its access ends within seconds.',
  })
    .input(z.object({ sessionId: id }))
    .output(done),
  revokeOtherSessions: operation({
    method: 'POST',
    path: '/auth/sessions/revoke-others',
    access: 'member',
    interactive: true,
    stepUp: true,
    tags,
    summary: 'End all of your sessions but this one.',
  })
    .input(z.object({}))
    .output(z.object({ ended: z.number().int() })),
  reauthenticate: operation({
    method: 'POST',
    path: '/auth/reauthenticate',
    access: 'member',
    rateClass: 'sign_in',
    interactive: true,
    tags,
    summary: 'Confirm your identity again; for the next ten minutes, sensitive actions are allowed.',
    description:
      'An account with a second factor uses that, one without uses its password. The answer carries new tokens of the same session.',
  })
    .input(
      z.discriminatedUnion('method', [
        z.object({ method: z.literal('password'), password: z.string().max(200), session }),
        z.object({ method: z.literal('totp'), code: z.string().trim().max(40), session }),
        z.object({ method: z.literal('passkey'), ceremonyId: id, response: webauthnJson, session }),
      ]),
    )
    .output(signedIn),
  startPasskeyCheck: operation({
    method: 'POST',
    path: '/auth/reauthenticate/passkey-options',
    access: 'member',
    rateClass: 'sign_in',
    interactive: true,
    tags,
    summary: 'Start to confirm your identity with a passkey.',
  })
    .input(z.object({}))
    .output(ceremony),
  switchOrganization: operation({
    method: 'POST',
    path: '/auth/organization/switch',
    access: 'member',
    interactive: true,
    tags,
    summary: 'Switch to another of your schools, in the same session.',
  })
    .input(z.object({ organizationId: id, session }))
    .output(signedIn),
  jwks: operation({
    method: 'GET',
    path: '/auth/jwks',
    access: 'public',
    tags,
    summary: 'The public keys that verify access tokens (RFC 7517).',
  }).output(z.object({ keys: z.array(z.record(z.string(), z.unknown())) })),
  revocations: operation({
    method: 'GET',
    path: '/auth/revocations',
    access: 'internal',
    tags,
    summary: 'What ended early: sessions, keys, and tokens of a person issued before a moment.',
  })
    .input(z.object({ after: z.coerce.number().int().min(0).default(0) }))
    .output(
      z.object({
        /** Ask for what comes after this one. */
        last: z.number().int(),
        items: z.array(
          z.object({
            number: z.number().int(),
            /** A session or key id; or, for `user`, the id of a person whose tokens from before `at` are stale. */
            kind: z.enum(['session', 'user']),
            id,
            at: time,
          }),
        ),
      }),
    ),
}
