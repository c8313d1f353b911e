import type { OutputOf } from '@azora/web/calls/operations.ts'
import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser'
import { call } from '../lib/account-api.browser.ts'

type RequestOptions = Parameters<typeof startAuthentication>[0]['optionsJSON']
type CreationOptions = Parameters<typeof startRegistration>[0]['optionsJSON']
type Account = OutputOf<'auth.finishPasskeySignIn'>['account']

const usedKey = 'azora_passkey'

export { browserSupportsWebAuthn as knowsPasskeys } from '@simplewebauthn/browser'

/**
 * Whether the e-mail field shall offer the passkeys of this device. Each offer costs a call out of the budget that a
 * whole classroom behind one address shares, so only where a passkey was used before.
 */
export async function offersPasskeys(): Promise<boolean> {
  return localStorage.getItem(usedKey) !== null && (await browserSupportsWebAuthnAutofill())
}

/**
 * Signs in with a passkey: alone, or as the second factor of `challenge`; `autofill` waits in the e-mail field until
 * one is chosen. Null when the browser's window was closed without one.
 */
export async function signInByPasskey(
  how: { challenge?: string; autofill?: boolean } = {},
): Promise<Account | null> {
  if (!browserSupportsWebAuthn()) return null
  const { ceremonyId, options } = await call(
    'auth.startPasskeySignIn',
    how.challenge ? { challenge: how.challenge } : {},
  )
  // What the browser throws is about its own window: closed, too late, no such passkey, another request begun.
  const response = await startAuthentication({
    optionsJSON: options as unknown as RequestOptions,
    useBrowserAutofill: how.autofill ?? false,
  }).catch(() => null)
  if (!response) return null
  const { account } = await call('auth.finishPasskeySignIn', {
    ceremonyId,
    response: { ...response },
    session: 'cookie',
  })
  localStorage.setItem(usedKey, '1')
  return account
}

type Added = OutputOf<'auth.addPasskey'>

/** Makes a passkey on this device and adds it to the account; `known` when the device holds one already. */
export async function addPasskey(name: string): Promise<Added | 'failed' | 'known'> {
  const { ceremonyId, options } = await call('auth.startPasskeyRegistration', {})
  try {
    const response = await startRegistration({ optionsJSON: options as unknown as CreationOptions })
    const added = await call('auth.addPasskey', { ceremonyId, response: { ...response }, name })
    localStorage.setItem(usedKey, '1')
    return added
  } catch (failure) {
    if (failure instanceof WebAuthnError)
      return failure.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED' ? 'known' : 'failed'
    if (failure instanceof DOMException) return 'failed'
    throw failure
  }
}
