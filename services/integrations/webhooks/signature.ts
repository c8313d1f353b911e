import { createHmac, randomBytes } from 'node:crypto'

/**
 * Signatures of the Standard Webhooks specification, version `v1`: HMAC-SHA-256 in base64 over
 * `<id>.<timestamp>.<body>`. The secret is written as `whsec_` and the key in base64.
 */

const prefix = 'whsec_'

export const createWebhookSecret = () => `${prefix}${randomBytes(32).toString('base64')}`

type Message = {
  id: string
  /** Seconds since 1970, of the attempt. */
  timestamp: number
  body: string
}

function signatureOf(secret: string, { id, timestamp, body }: Message): string {
  const key = Buffer.from(secret.slice(prefix.length), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

/** The headers of a message, signed under each of the secrets. */
export function signedHeaders(secrets: readonly string[], message: Message): Record<string, string> {
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    'webhook-signature': secrets.map(secret => signatureOf(secret, message)).join(' '),
  }
}
