import { createPrivateKey, sign } from 'node:crypto'

// Apple accepts up to six months; each is used once, at once.
const seconds = 5 * 60

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

/**
 * The client secret that Apple asks for: a JWT by ES256 (RFC 7515; RFC 7518, 3.4) in which the team vouches for the
 * client. @param privateKey as PEM, of the key that `keyId` names at Apple.
 */
export function appleClientSecret(
  team: { teamId: string; keyId: string; privateKey: string },
  { clientId, audience }: { clientId: string; audience: string },
): string {
  const now = Math.floor(Date.now() / 1000)
  const header = encode({ alg: 'ES256', kid: team.keyId, typ: 'JWT' })
  const claims = encode({ iss: team.teamId, iat: now, exp: now + seconds, aud: audience, sub: clientId })
  const text = `${header}.${claims}`
  const key = createPrivateKey(team.privateKey)
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  return `${text}.${signature.toString('base64url')}`
}
