import type { Stripe } from 'stripe'
import { apiVersion } from './api-version.ts'
import { type Kind, newId, type Objects } from './objects.ts'
import type { Work } from './work.ts'

/** What happened, as `/v1/events` lists it and webhooks tell it. */

type EventOf<T extends Stripe.Event['type']> = Extract<Stripe.Event, { type: T }>

/** Keep an object as it is now, and tell of it. */
export function save<K extends Kind, T extends Stripe.Event['type']>(
  work: Work,
  kind: K,
  object: Objects[K] & EventOf<T>['data']['object'],
  ...types: T[]
): Objects[K] {
  work.store.put(kind, object)
  for (const type of types) tell(work, type, object)
  return object
}

/** Write down what happened, with the object as it is now, and that each endpoint that asked is to be told. */
export function emit<T extends Stripe.Event['type']>(
  work: Work,
  type: T,
  object: Extract<Stripe.Event, { type: T }>['data']['object'],
): void {
  tell(work, type, object)
}

function tell(work: Work, type: string, object: object): void {
  const { store, now } = work
  const endpoints = store
    .list('webhook_endpoint', { limit: 100, startingAfter: null, endingBefore: null, created: {} }, {})
    .filter(
      ({ status, enabled_events: wanted }) =>
        status === 'enabled' && (wanted.includes('*') || wanted.includes(type)),
    )
  const event = {
    id: newId('event'),
    object: 'event',
    api_version: apiVersion,
    created: now,
    data: { object },
    livemode: false,
    pending_webhooks: endpoints.length,
    request: { id: work.request.id, idempotency_key: work.request.idempotencyKey },
    type,
    // The caller holds type and object together; the compiler cannot follow that through the union of all events.
  } as unknown as Stripe.Event
  store.put('event', event)
  for (const endpoint of endpoints) store.addDelivery(event.id, endpoint.id, now * 1000)
}
