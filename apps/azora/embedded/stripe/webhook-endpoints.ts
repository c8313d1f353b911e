import type { Stripe } from 'stripe'
import { z } from 'zod'
import { apiVersion } from './api-version.ts'
import { list } from './lists.ts'
import { newId, randomText } from './objects.ts'
import { flag, mergeMetadata, metadata, optionalText, pageShape, text, url } from './params.ts'
import { route, taking } from './route.ts'
import { need, type Work } from './work.ts'

type New = {
  url: string
  events: string[]
  description: string | null
  secret: string
  metadata: Stripe.Metadata
}

export function makeEndpoint(work: Work, given: New): Stripe.WebhookEndpoint {
  const made: Stripe.WebhookEndpoint = {
    id: newId('webhook_endpoint'),
    object: 'webhook_endpoint',
    api_version: apiVersion,
    application: null,
    created: work.now,
    description: given.description,
    enabled_events: given.events,
    livemode: false,
    metadata: given.metadata,
    status: 'enabled',
    url: given.url,
  }
  work.store.put('webhook_endpoint', made, { secret: given.secret })
  return made
}

export const newSigningSecret = () => `whsec_${randomText(32)}`

const events = z.array(text.min(1)).min(1).max(300)

export const webhookEndpointRoutes = [
  route(
    'POST',
    '/v1/webhook_endpoints',
    taking<Stripe.WebhookEndpointCreateParams>()({
      url,
      enabled_events: events,
      description: optionalText,
      metadata: metadata.optional(),
      api_version: z.literal(apiVersion).optional(),
    }),
    (work, params): Stripe.WebhookEndpoint => {
      const secret = newSigningSecret()
      const made = makeEndpoint(work, {
        url: params.url,
        events: params.enabled_events,
        description: params.description ?? null,
        secret,
        metadata: mergeMetadata(null, params.metadata),
      })
      // Told once, as Stripe does.
      return { ...made, secret }
    },
  ),
  route(
    'GET',
    '/v1/webhook_endpoints',
    pageShape,
    (work, params): Stripe.ApiList<Stripe.WebhookEndpoint> =>
      list(work, 'webhook_endpoint', '/v1/webhook_endpoints', params, {}),
  ),
  route(
    'GET',
    '/v1/webhook_endpoints/:id',
    {},
    (work, _params, name): Stripe.WebhookEndpoint => need(work, 'webhook_endpoint', name, 'webhook_endpoint'),
  ),
  route(
    'POST',
    '/v1/webhook_endpoints/:id',
    taking<Stripe.WebhookEndpointUpdateParams>()({
      url: url.optional(),
      enabled_events: events.optional(),
      description: optionalText,
      disabled: flag.optional(),
      metadata: metadata.optional(),
    }),
    (work, params, name): Stripe.WebhookEndpoint => {
      const known = need(work, 'webhook_endpoint', name, 'webhook_endpoint')
      const { disabled } = params
      const changed: Stripe.WebhookEndpoint = {
        ...known,
        url: params.url ?? known.url,
        enabled_events: params.enabled_events ?? known.enabled_events,
        description: params.description === undefined ? known.description : params.description,
        status: disabled === undefined ? known.status : disabled ? 'disabled' : 'enabled',
        metadata: mergeMetadata(known.metadata, params.metadata),
      }
      work.store.put('webhook_endpoint', changed)
      return changed
    },
  ),
  route('DELETE', '/v1/webhook_endpoints/:id', {}, (work, _params, name): Stripe.DeletedWebhookEndpoint => {
    const known = need(work, 'webhook_endpoint', name, 'webhook_endpoint')
    work.store.put('webhook_endpoint', known, { deleted: true })
    work.store.forgetDeliveriesTo(name)
    return { id: name, object: 'webhook_endpoint', deleted: true }
  }),
]
