import type { Stripe } from 'stripe'

/** The version that the pinned SDK speaks; another one of the SDK does not compile until this is looked at again. */
export const apiVersion: Stripe.LatestApiVersion = '2026-10-28.endive'
