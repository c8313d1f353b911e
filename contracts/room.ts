import type { z } from 'zod'
import type { Need } from './permissions.ts'

/**
 * A room: who is in it is told what happens there, as it happens, over the socket of a service. Rooms tell that
 * something is new, and the page asks for it as it always does; so nothing is lost for who has no socket.
 */
export type Room = {
  /** `<service>/<noun>`, or a noun alone for what every service tells. It is part of the contract of v1. */
  name: string
  summary: string
  /** Who may knock. `member`: anyone signed in; otherwise the permission, or the office, that the caller needs. */
  access: 'member' | Need
  /**
   * Whose it is. Of a `person`: each has their own, and no other enters. Of a `school`: the members of one school meet
   * in it, and the service that has the row says who of them may enter.
   */
  of: 'person' | 'school'
  /** What tells rooms of this name apart, such as the course. */
  keys: z.ZodObject
  /** What is told in it, by name. */
  told: Readonly<Record<string, z.ZodType>>
  /** What those in it may say to the service, by name, and what it answers. */
  heard: Readonly<Record<string, { message: z.ZodType; answer: z.ZodType }>>
  /** Those in it are shown who else is. */
  presence: boolean
}

/** The start of every room's contract; what is left out is not allowed. */
export function room<
  const N extends string,
  K extends z.ZodObject,
  T extends Room['told'],
  H extends Room['heard'] = Record<never, never>,
  const O extends Room['of'] = Room['of'],
>(rules: {
  name: N
  summary: string
  access: Room['access']
  of: O
  keys: K
  told: T
  heard?: H
  presence?: boolean
}) {
  return { heard: {} as H, presence: false, ...rules }
}

/** The keys of a room, as an object that may have others beside them. */
export type KeysOf<R extends Room> = { [K in keyof R['keys']['shape']]: z.output<R['keys']['shape'][K]> }
export type ToldIn<R extends Room, E extends keyof R['told']> = z.output<R['told'][E]>

/** One thing that was told in a room, as it travels. */
export type Told = {
  /** `<ms>-<n>`: increases within a room, so that who was away can ask for what came after. Null when it is not kept. */
  id: string | null
  room: string
  keys: Record<string, unknown>
  event: string
  payload: unknown
}

/** Who is in a room. A lower `version` than one already shown is out of date. */
export type Present = {
  room: string
  keys: Record<string, unknown>
  version: number
  /** How many people, and the ids of the first two hundred. */
  count: number
  people: string[]
}

/** What the server answers to `enter`. */
export type Entered = {
  /** What was told since the given id, or null when that is no longer known: then whatever is shown is to be read anew. */
  missed: Told[] | null
  /** The time of the server, in milliseconds. */
  at: number
}

/** Every answer over a socket: what was asked for, or a code of `contracts/errors.ts`. */
export type SocketAnswer<T> =
  | { ok: true; value: T }
  | { ok: false; code: string; message: string; retryAfterSeconds?: number }

/** What a client may send. `since` is the id of the last thing told, or the time of what is shown (`<ms>-0`). */
export type SocketRequests = {
  enter(room: string, keys: unknown, since: string | null, answer: (a: SocketAnswer<Entered>) => void): void
  leave(room: string, keys: unknown, answer: (a: SocketAnswer<null>) => void): void
  say(
    room: string,
    keys: unknown,
    event: string,
    message: unknown,
    answer: (a: SocketAnswer<unknown>) => void,
  ): void
}

/**
 * What a server sends. `ended` says why it closes the socket: `revoked` (the session is over, or the person's rights
 * have changed), `expired` (its token has), `rate_limited`.
 */
export type SocketNews = {
  told(item: Told): void
  present(state: Present): void
  ended(why: 'revoked' | 'expired' | 'rate_limited'): void
}
