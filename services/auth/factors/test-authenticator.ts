import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

/**
 * An authenticator and its browser in software, for tests: makes real passkeys (ES256, attestation `none`) and real
 * assertions, and lies where it is told to.
 */
export type Authenticator = ReturnType<typeof createAuthenticator>

type Lies = {
  origin?: string
  rpId?: string
  challenge?: string
  type?: string
  /** Whether the person unlocked it, rather than only touching it. */
  verified?: boolean
  counter?: number
  userHandle?: string | null
  backupEligible?: boolean
  crossOrigin?: boolean
}

const flag = { present: 0x01, verified: 0x04, eligible: 0x08, backedUp: 0x10, credential: 0x40 }
const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest()
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

export function createAuthenticator(settings: { counts?: boolean; synced?: boolean; origin?: string } = {}) {
  const { counts = false, synced = true } = settings
  const made: { id: Buffer; key: KeyObject; rpId: string; userHandle: string }[] = []
  let counter = 0

  function authenticatorData(rpId: string, flags: number, lies: Lies, credential = Buffer.alloc(0)): Buffer {
    const { verified = true, backupEligible = synced } = lies
    if (counts) counter += 1
    const count = Buffer.alloc(4)
    count.writeUInt32BE(lies.counter ?? counter)
    const backup = (backupEligible ? flag.eligible : 0) | (synced && backupEligible ? flag.backedUp : 0)
    const all = flags | flag.present | (verified ? flag.verified : 0) | backup
    return Buffer.concat([sha256(lies.rpId ?? rpId), Buffer.from([all]), count, credential])
  }

  function clientData(type: string, challenge: string, lies: Lies): Buffer {
    const origin = lies.origin ?? settings.origin ?? 'http://localhost:8080'
    const { crossOrigin = false } = lies
    return Buffer.from(
      JSON.stringify({
        type: lies.type ?? type,
        challenge: lies.challenge ?? challenge,
        origin,
        crossOrigin,
      }),
    )
  }

  return {
    /** What `navigator.credentials.create` answers to these options. */
    create(options: Record<string, unknown>, lies: Lies = {}) {
      const { challenge, rp, user } = options as {
        challenge: string
        rp: { id: string }
        user: { id: string }
      }
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const { x, y } = publicKey.export({ format: 'jwk' }) as { x: string; y: string }
      const id = randomBytes(32)
      made.push({ id, key: privateKey, rpId: rp.id, userHandle: user.id })
      const bytes = (part: string) => new Uint8Array(Buffer.from(part, 'base64url'))
      // COSE_Key (RFC 9052, 7): kty EC2, alg ES256, crv P-256, x, y.
      const cose = new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, bytes(x)],
        [-3, bytes(y)],
      ])
      const length = Buffer.from([0, id.length])
      const credential = Buffer.concat([Buffer.alloc(16), length, id, isoCBOR.encode(cose)])
      const data = authenticatorData(rp.id, flag.credential, lies, credential)
      const attestation = new Map<string, string | Map<never, never> | Uint8Array>([
        ['fmt', 'none'],
        ['attStmt', new Map<never, never>()],
        ['authData', new Uint8Array(data)],
      ])
      return {
        id: text(id),
        rawId: text(id),
        type: 'public-key',
        response: {
          clientDataJSON: text(clientData('webauthn.create', challenge, lies)),
          attestationObject: text(isoCBOR.encode(attestation)),
          transports: ['internal', 'hybrid'],
        },
        clientExtensionResults: { credProps: { rk: true } },
      }
    },

    /** What `navigator.credentials.get` answers to these options, with the passkey that was made first or so. */
    get(options: Record<string, unknown>, lies: Lies = {}, which = 0) {
      const passkey = made[which]
      if (!passkey) throw new Error('This authenticator has made no such passkey.')
      const data = authenticatorData(passkey.rpId, 0, lies)
      const client = clientData('webauthn.get', options.challenge as string, lies)
      const userHandle = lies.userHandle === undefined ? passkey.userHandle : lies.userHandle
      return {
        id: text(passkey.id),
        rawId: text(passkey.id),
        type: 'public-key',
        response: {
          clientDataJSON: text(client),
          authenticatorData: text(data),
          signature: text(sign('sha256', Buffer.concat([data, sha256(client)]), passkey.key)),
          ...(userHandle === null ? {} : { userHandle }),
        },
        clientExtensionResults: {},
      }
    },
  }
}
