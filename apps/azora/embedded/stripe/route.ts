import { z } from 'zod'
import type { Work } from './work.ts'

/** One operation of the API: what it takes, and what it answers. */
export type Route = {
  method: 'GET' | 'POST' | 'DELETE'
  /** The address in pieces; one that begins with a colon stands for an id. */
  pieces: string[]
  shape: z.ZodType
  answer(work: Work, params: never, ...ids: string[]): object
}

/**
 * Parameters of an operation, all of which the SDK's own type of them has: one that Stripe took away does not compile.
 * `taking<Stripe.RefundCreateParams>()({ … })`
 */
export const taking =
  <P>() =>
  <S extends z.ZodRawShape>(shape: S & { [K in Exclude<keyof S, keyof P>]: never }): S =>
    shape

/** @param shape its parameters; others are refused, since the sandbox would not do as they say */
export function route<S extends z.ZodRawShape>(
  method: Route['method'],
  path: string,
  shape: S,
  answer: (work: Work, params: z.output<z.ZodObject<S>>, ...ids: [string, string]) => object,
): Route {
  return { method, pieces: path.split('/'), shape: z.strictObject(shape), answer: answer as Route['answer'] }
}

export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; ids: string[] } | null {
  const pieces = path.split('/')
  for (const route of routes) {
    if (route.method !== method || route.pieces.length !== pieces.length) continue
    if (!route.pieces.every((piece, at) => piece.startsWith(':') || piece === pieces[at])) continue
    // Ids are letters, digits and underscores, which no address encodes.
    const ids = pieces.filter((_, at) => route.pieces[at]?.startsWith(':'))
    return { route, ids }
  }
  return null
}
