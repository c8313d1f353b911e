import { z } from 'zod'
import { operation } from '../operation.ts'
import { once } from '../shown-once.ts'
import { done, id, line, time } from '../wire.ts'
import { provider } from './accounts.ts'
import { ceremony, sixDigits, tags, webauthnJson } from './shapes.ts'

const passkey = z.object({
  id,
  name: z.string(),
  /** Whether the passkey is kept by a service that copies it to other devices. */
  synced: z.boolean(),
  createdAt: time,
  lastUsedAt: time.nullable(),
})

const recoveryCodes = z.object({
  /** Shown this once. */
  codes: once(z.array(z.string())),
})

const sensitive = { access: 'member', rateClass: 'sign_in', grants: true, tags } as const

/** Second factors, passkeys, and accounts elsewhere that sign one in. */
export const factorOperations = {
  getSecurity: operation({
    method: 'GET',
    path: '/auth/security',
    access: 'member',
    interactive: true,
    tags,
    summary: 'How you sign in: password, second factors, passkeys, linked accounts.',
  }).output(
    z.object({
      hasPassword: z.boolean(),
      totpEnabledAt: time.nullable(),
      recoveryCodesLeft: z.number().int(),
      passkeys: z.array(passkey),
      identities: z.array(z.object({ provider, label: z.string(), linkedAt: time })),
      /** Sensitive actions are open until then; null when one must prove oneself first. */
      stepUpUntil: time.nullable(),
      /** How one may prove oneself for a sensitive action. */
      stepUpMethods: z.array(z.enum(['password', 'totp', 'passkey', 'google', 'github', 'apple'])),
    }),
  ),
  startTotp: operation({
    method: 'POST',
    path: '/auth/mfa/totp',
    ...sensitive,
    summary:
      'A new secret for an authenticator app (RFC 6238). It takes effect once you confirm a code from it.',
  })
    .input(z.object({}))
    .output(
      z.object({
        secret: once(z.string()),
        uri: once(z.string()),
        /** The same as a QR code, as SVG. */
        qr: once(z.string()),
      }),
    ),
  confirmTotp: operation({
    method: 'POST',
    path: '/auth/mfa/totp/confirm',
    ...sensitive,
    summary: 'Turn on the authenticator app with a code from it. Other sessions end.',
    description:
      'The answer holds ten new recovery codes; earlier ones no longer work. Where the app is the first second factor of the account, access tokens from before are stale: refresh them.',
  })
    .input(z.object({ code: sixDigits }))
    .output(recoveryCodes),
  disableTotp: operation({
    method: 'DELETE',
    path: '/auth/mfa/totp',
    ...sensitive,
    summary: 'Turn off the authenticator app.',
  })
    .input(z.object({}))
    .output(done),
  renewRecoveryCodes: operation({
    method: 'POST',
    path: '/auth/mfa/recovery-codes',
    ...sensitive,
    summary: 'Ten new recovery codes; the old ones no longer work.',
  })
    .input(z.object({}))
    .output(recoveryCodes),
  startPasskeyRegistration: operation({
    method: 'POST',
    path: '/auth/passkeys/options',
    ...sensitive,
    summary: 'Start to add a passkey.',
  })
    .input(z.object({}))
    .output(ceremony),
  addPasskey: operation({
    method: 'POST',
    path: '/auth/passkeys',
    ...sensitive,
    successStatus: 201,
    summary: 'Add the passkey that the browser made.',
    description:
      'With the first second factor of an account come its recovery codes, other sessions end, and access tokens from before are stale; otherwise the codes are null.',
  })
    .input(z.object({ ceremonyId: id, response: webauthnJson, name: line(80) }))
    .output(z.object({ passkey, recoveryCodes: once(z.array(z.string())).nullable() })),
  renamePasskey: operation({
    method: 'PATCH',
    path: '/auth/passkeys/{passkeyId}',
    access: 'member',
    interactive: true,
    tags,
    summary: 'Rename a passkey.',
  })
    .input(z.object({ passkeyId: id, name: line(80) }))
    .output(passkey),
  removePasskey: operation({
    method: 'DELETE',
    path: '/auth/passkeys/{passkeyId}',
    ...sensitive,
    summary: 'Remove a passkey. The last way to sign in cannot be removed.',
  })
    .input(z.object({ passkeyId: id }))
    .output(done),
  linkIdentity: operation({
    method: 'POST',
    path: '/auth/identities/{provider}',
    ...sensitive,
    summary: 'Start linking an account at a provider; send the browser to `url`.',
  })
    .input(z.object({ provider, next: z.string().max(500).optional() }))
    .output(z.object({ url: once(z.string()) })),
  unlinkIdentity: operation({
    method: 'DELETE',
    path: '/auth/identities/{provider}',
    ...sensitive,
    summary: 'Unlink an account. The last way to sign in cannot be removed.',
  })
    .input(z.object({ provider }))
    .output(done),
  reauthenticateElsewhere: operation({
    method: 'POST',
    path: '/auth/identities/{provider}/reauthenticate',
    access: 'member',
    rateClass: 'sign_in',
    interactive: true,
    tags,
    summary: 'Confirm who you are with a linked account; send the browser to `url`.',
  })
    .input(z.object({ provider, next: z.string().max(500).optional() }))
    .output(z.object({ url: once(z.string()) })),
}

/** What a browser visits on the way to an outside provider and back (OpenID Connect Core 1.0; RFC 6749; RFC 7636). */
export const federationPages = {
  startFederation: operation({
    method: 'GET',
    path: '/auth/federation/{provider}',
    access: 'public',
    rateClass: 'sign_in',
    raw: 'page',
    tags,
    summary: 'Go to an outside provider to sign in.',
  })
    .input(
      z.object({ provider, next: z.string().max(500).optional(), school: z.string().max(80).optional() }),
    )
    .output(z.unknown()),
  finishFederation: operation({
    method: 'GET',
    path: '/auth/federation/{provider}/callback',
    access: 'public',
    rateClass: 'sign_in',
    raw: 'page',
    tags,
    summary: 'Return from an outside provider.',
  })
    .input(z.object({ provider }).loose())
    .output(z.unknown()),
  receiveFederationForm: operation({
    method: 'POST',
    path: '/auth/federation/{provider}/callback',
    access: 'public',
    rateClass: 'sign_in',
    raw: 'page',
    tags,
    summary: 'Return from a provider that answers by a form, as Apple does.',
  })
    .input(z.object({ provider }).loose())
    .output(z.unknown()),
}
