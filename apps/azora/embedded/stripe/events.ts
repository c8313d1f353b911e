import type { Stripe } from 'stripe'
import { z } from 'zod'
import { list } from './lists.ts'
import { createdShape, id, pageShape } from './params.ts'
import { route, taking } from './route.ts'
import { need } from './work.ts'

export const eventRoutes = [
  route(
    'GET',
    '/v1/events/:id',
    {},
    (work, _params, eventId): Stripe.Event => need(work, 'event', eventId, 'id'),
  ),
  route(
    'GET',
    '/v1/events',
    taking<Stripe.EventListParams>()({
      ...pageShape,
      ...createdShape,
      type: z.string().optional(),
      types: z.array(id).max(20).optional(),
    }),
    (work, params): Stripe.ApiList<Stripe.Event> => {
      if (params.types)
        return list(
          work,
          'event',
          '/v1/events',
          params,
          {},
          event => params.types?.includes(event.type) ?? true,
        )
      return list(work, 'event', '/v1/events', params, { type: params.type ?? null })
    },
  ),
]
