import { Secret, TOTP } from 'otpauth'

/**
 * Codes of an authenticator app (RFC 6238): HMAC-SHA-1, six digits, thirty seconds. Other parameters exist, but
 * the common apps ignore them.
 */
const parameters = { algorithm: 'SHA1', digits: 6, period: 30 }
// Telephones' clocks drift, and codes are typed late: one step before and one after (RFC 6238, 5.2).
const window = 1

/** A new secret of 160 bits, the length of the hash (RFC 4226, 4), in base32. */
export const newTotpSecret = () => new Secret({ size: 20 }).base32

/** What the app is told, as a Key URI; `issuer` and `label` are shown in it. */
export function totpUri(secret: string, { issuer, label }: { issuer: string; label: string }): string {
  return new TOTP({ ...parameters, secret: Secret.fromBase32(secret), issuer, label }).toString()
}

/** The code of a moment. */
export function totpCode(secret: string, timestamp: number): string {
  return TOTP.generate({ ...parameters, secret: Secret.fromBase32(secret), timestamp })
}

/** The time step of which this is the code, if it is one of those near `timestamp` (ms); otherwise null. */
export function totpStep(secret: string, code: string, timestamp: number): number | null {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const offset = TOTP.validate({
    ...parameters,
    secret: Secret.fromBase32(secret),
    token,
    timestamp,
    window,
  })
  return offset === null ? null : TOTP.counter({ period: parameters.period, timestamp }) + offset
}
