import { type AssertionJson, assertionJson, registrationJson } from './webauthn-json.ts'

// Three hundred files with those that it needs: a process loads them when the first passkey is asked for.
const loadWebAuthn = () => import('@simplewebauthn/server')
const loadDecoding = () => import('@simplewebauthn/server/helpers')

/**
 * What we are to authenticators (W3C WebAuthn Level 3): the host of the public address, so that a passkey is good in
 * all schools of the installation, those with an address of their own below it included.
 */
export type RelyingParty = ReturnType<typeof createRelyingParty>

/** Which passkeys a browser may choose from. */
type Credential = { credentialId: string; transports: string[] }
type Options = Record<string, unknown> & { challenge: string }

export type NewCredential = {
  credentialId: string
  publicKey: Uint8Array
  counter: number
  transports: string[]
  backupEligible: boolean
  synced: boolean
  standsAlone: boolean
}

const timeout = 5 * 60_000
// What browsers and keys in use have: EdDSA, ES256 (RFC 9053, 2), and RS256 for older Windows (RFC 8812, 2).
const supportedAlgorithmIDs = [-8, -7, -257]
const knownTransports = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']
type Transport = 'internal'

const descriptorOf = ({ credentialId, transports }: Credential) => ({
  id: credentialId,
  transports: transports as Transport[],
})

const bytesOf = (userId: string) => new Uint8Array(Buffer.from(userId.replaceAll('-', ''), 'hex'))

/** The name under which authenticators know an account (5.4.3): its id, which says nothing of the person. */
export const userHandleOf = (userId: string) => Buffer.from(bytesOf(userId)).toString('base64url')

export function createRelyingParty(publicUrl: string) {
  const { hostname: rpID, host, protocol, origin } = new URL(publicUrl)

  /** Our pages stand at the public address, and at that of the school which the request came for. */
  const originsFor = (school: string | null) =>
    school ? [origin, `${protocol}//${school}.${host}`] : [origin]

  return {
    /** Options for making a passkey that, if the authenticator can, works alone as well. */
    async creationOptions(
      user: { id: string; email: string; name: string },
      known: Credential[],
    ): Promise<Options> {
      const { generateRegistrationOptions } = await loadWebAuthn()
      const options = await generateRegistrationOptions({
        rpName: 'Azora',
        rpID,
        userID: bytesOf(user.id),
        userName: user.email,
        userDisplayName: user.name,
        timeout,
        attestationType: 'none',
        excludeCredentials: known.map(descriptorOf),
        // Preferred, not required: an older key without memory or PIN is still a good second factor.
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
        supportedAlgorithmIDs,
      })
      return { ...options }
    },

    /** Options for proving with one of these passkeys, or, without any named, with whichever the person has. */
    async requestOptions(
      allowed: Credential[] | null,
      userVerification: 'required' | 'preferred',
    ): Promise<Options> {
      const { generateAuthenticationOptions } = await loadWebAuthn()
      const options = await generateAuthenticationOptions({
        rpID,
        timeout,
        userVerification,
        ...(allowed ? { allowCredentials: allowed.map(descriptorOf) } : {}),
      })
      return { ...options }
    },

    /** The passkey that a browser made for this challenge (7.1), or null when anything about it is wrong. */
    async readRegistration(
      given: unknown,
      { challenge, school }: { challenge: string; school: string | null },
    ): Promise<NewCredential | null> {
      const parsed = registrationJson.safeParse(given)
      if (!parsed.success) return null
      const { transports = [] } = parsed.data.response
      const { verifyRegistrationResponse } = await loadWebAuthn()
      const { registrationInfo: made } = await refusing(parsed.data, () =>
        verifyRegistrationResponse({
          response: { ...parsed.data, response: { ...parsed.data.response, transports: [] } },
          expectedChallenge: challenge,
          expectedOrigin: originsFor(school),
          expectedRPID: rpID,
          requireUserVerification: false,
          supportedAlgorithmIDs,
        }),
      )
      if (!made) return null
      return {
        credentialId: made.credential.id,
        publicKey: made.credential.publicKey,
        counter: made.credential.counter,
        transports: knownTransports.filter(name => transports.includes(name)),
        backupEligible: made.credentialDeviceType === 'multiDevice',
        synced: made.credentialBackedUp,
        // The extension's answer is not signed; anyone who forges it deceives but themselves.
        standsAlone: made.userVerified && parsed.data.clientExtensionResults.credProps?.rk !== false,
      }
    },

    /**
     * Whether an assertion is by this passkey for this challenge (7.2); null when anything about it is wrong. The
     * counter is for the caller to compare, in the step that stores it.
     */
    async readAssertion(
      given: AssertionJson,
      passkey: { credentialId: string; publicKey: Buffer; backupEligible: boolean },
      asked: { challenge: string; school: string | null; verified: boolean },
    ): Promise<{ counter: number; synced: boolean } | null> {
      const { verifyAuthenticationResponse } = await loadWebAuthn()
      const { verified, authenticationInfo: info } = await refusing(given, () =>
        verifyAuthenticationResponse({
          response: given,
          expectedChallenge: asked.challenge,
          expectedOrigin: originsFor(asked.school),
          expectedRPID: rpID,
          credential: {
            id: passkey.credentialId,
            publicKey: new Uint8Array(passkey.publicKey),
            counter: 0,
          },
          requireUserVerification: asked.verified,
        }),
      )
      // Whether a passkey can be copied is settled when it is made (6.1.3): another answer is another passkey.
      if (!verified || !info || (info.credentialDeviceType === 'multiDevice') !== passkey.backupEligible) {
        return null
      }
      return { counter: info.newCounter, synced: info.credentialBackedUp }
    },
  }
}

/** The package throws whatever a hostile answer makes it stumble over; to us all of that is a refusal. */
async function refusing<T extends object>(
  given: { response: { clientDataJSON: string } },
  work: () => Promise<T>,
): Promise<Partial<T>> {
  const { decodeClientDataJSON } = await loadDecoding()
  try {
    // Our pages stand in nobody's frame, so an answer from within one is none of ours; the package lets it pass.
    if (decodeClientDataJSON(given.response.clientDataJSON).crossOrigin) return {}
    return await work()
  } catch {
    return {}
  }
}

/** An assertion of a well-formed answer, or null. */
export function parseAssertion(given: unknown): AssertionJson | null {
  return assertionJson.safeParse(given).data ?? null
}
