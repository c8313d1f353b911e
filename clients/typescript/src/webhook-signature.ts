/** Why a message is not to be believed. */
export class WebhookVerificationError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'WebhookVerificationError'
  }
}

type HeaderSource = Headers | Record<string, string | string[] | undefined>

export type VerifyOptions = {
  /** How old or how far ahead a message may be, in seconds; 300 unless given. */
  toleranceSeconds?: number
  /** Milliseconds since 1970; the clock unless given. */
  now?: number
}

export type Message = { type: string; timestamp: string; data: unknown }

function headerOf(headers: HeaderSource, name: string): string {
  let value: string | string[] | null | undefined
  if (headers instanceof Headers) value = headers.get(name)
  else value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
  if (typeof value !== 'string' || value === '') throw new WebhookVerificationError(`${name} is missing.`)
  return value
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), character => character.charCodeAt(0))
  } catch {
    return null
  }
}

/**
 * Verify a message by the Standard Webhooks specification (`v1`, HMAC-SHA-256) and read it. Give the body exactly as
 * it came, before anything parsed it; give both secrets while one replaces the other.
 * @throws WebhookVerificationError for a message that is forged, changed or old.
 */
export async function verifyMessage(
  secret: string | readonly string[],
  headers: HeaderSource,
  body: string | Uint8Array,
  { toleranceSeconds = 300, now = Date.now() }: VerifyOptions = {},
): Promise<Message> {
  const id = headerOf(headers, 'webhook-id')
  const timestamp = headerOf(headers, 'webhook-timestamp')
  const signatures = headerOf(headers, 'webhook-signature').split(' ')
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > toleranceSeconds)
    throw new WebhookVerificationError('The message is too old, or from the future.')
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${text}`)
  for (const one of typeof secret === 'string' ? [secret] : secret) {
    const raw = bytesOf(one.replace(/^whsec_/, ''))
    if (!raw || raw.length === 0) throw new TypeError('A secret has the form whsec_ and base64.')
    const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, [
      'verify',
    ])
    for (const signature of signatures) {
      const given = signature.startsWith('v1,') ? bytesOf(signature.slice(3)) : null
      // The platform compares in constant time.
      if (given && (await crypto.subtle.verify('HMAC', key, given, signed)))
        return JSON.parse(text) as Message
    }
  }
  throw new WebhookVerificationError('The signature is wrong.')
}
