import type { Stripe } from 'stripe'

/**
 * Stripe, by its own SDK: with the operator's key, or with the sandbox that the installation brings along (decision
 * 0067). Who calls it cannot tell the two apart, except by `sandbox`, for saying so on screen.
 */
export type StripeAccess = {
  secretKey: string
  /** What webhooks to `stripeWebhookPath` are signed with. */
  webhookSecret: string
  /** Where our sandbox listens; null for Stripe itself. */
  sandboxUrl: string | null
}

export type StripeDoor = {
  api: Stripe
  webhookSecret: string
  sandbox: boolean
}

/** Where webhooks of Stripe come in: what the operator enters in its dashboard, and the sandbox calls by itself. */
export const stripeWebhookPath = '/api/v1/payments/stripe/events'

/** Below this address the sandbox's pages stand, at the sandbox and at the gateway. */
export const stripeSandboxPath = '/sandbox/stripe'

// Stripe's own limit for most requests is 80 seconds; who waits here is a person.
const answersWithinMs = 20_000
// The SDK repeats under one idempotency key, also where the caller gave none.
const repeats = 2

/** The library takes some 30 MiB, so that it is loaded with the first call. */
export async function openStripe({
  secretKey,
  webhookSecret,
  sandboxUrl,
}: StripeAccess): Promise<StripeDoor> {
  const { Stripe } = await import('stripe')
  const at = sandboxUrl ? new URL(sandboxUrl) : null
  const api = new Stripe(secretKey, {
    timeout: answersWithinMs,
    maxNetworkRetries: repeats,
    // How long requests take is nobody's business but ours.
    telemetry: false,
    ...(at ? { protocol: 'http', host: at.hostname, port: at.port } : {}),
  })
  return { api, webhookSecret, sandbox: sandboxUrl !== null }
}
