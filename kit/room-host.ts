import { may } from '@azora/contracts/permissions.ts'
import type { KeysOf, Room } from '@azora/contracts/room.ts'
import { scopeOf } from '@azora/contracts/scopes.ts'
import type { z } from 'zod'
import { AppError, invalidInput } from './errors.ts'
import type { Actor } from './identity.ts'

/** Who said something in a room, and which one. */
export type Said<R extends Room> = {
  actor: Actor
  keys: KeysOf<R>
  /** Tell the others who are in the room now, and nobody later. */
  pass<E extends keyof R['told'] & string>(event: E, payload: z.output<R['told'][E]>): void
}

type Hearing<R extends Room> = {
  [E in keyof R['heard']]: (
    message: z.output<R['heard'][E]['message']>,
    said: Said<R>,
  ) => Promise<z.input<R['heard'][E]['answer']>>
}

type Doorkeeper<R extends Room> = { enter(actor: Actor, keys: KeysOf<R>): Promise<unknown> }

/**
 * What a service does about a room: who may enter, and what happens on what is said in it. A person's room is open to
 * that person alone, so it needs no doorkeeper; any other must have one, which throws to refuse.
 */
export type RoomHandlers<R extends Room> = (R['of'] extends 'person'
  ? Partial<Doorkeeper<R>>
  : Doorkeeper<R>) &
  (keyof R['heard'] extends never ? unknown : { heard: Hearing<R> })

export type HostedRoom = {
  room: Room
  enter(actor: Actor, keys: Record<string, unknown>): Promise<unknown>
  heard: Record<string, (message: unknown, said: never) => Promise<unknown>>
}

/** A room as a service hosts it. */
export function hostRoom<R extends Room>(room: R, handlers: RoomHandlers<R>): HostedRoom {
  const { enter, heard = {} } = handlers as Partial<Doorkeeper<R>> & { heard?: HostedRoom['heard'] }
  if (!enter && room.of !== 'person') throw new Error(`The room ${room.name} has nobody at its door.`)
  const missing = Object.keys(room.heard).filter(event => !heard[event])
  if (missing.length > 0) throw new Error(`Nobody hears ${missing.join(', ')} in the room ${room.name}.`)
  return { room, enter: async (actor, keys) => enter?.(actor, keys as KeysOf<R>), heard }
}

function refuseScope(actor: Actor, service: string, method: 'GET' | 'POST'): void {
  if (actor.scopes && !actor.scopes.includes(scopeOf(service, method)))
    throw new AppError('insufficient_scope')
}

/** @throws AppError when the actor may not enter: by the room's contract, or by the service that has the row. */
export async function knock(
  host: HostedRoom,
  actor: Actor,
  service: string,
  keys: Record<string, unknown>,
): Promise<void> {
  refuseScope(actor, service, 'GET')
  const { access, of } = host.room
  if (access !== 'member' && !may(actor, access)) throw new AppError('forbidden')
  // An OAuth client is nobody's account, so there is no room of its own.
  if (of === 'person' && actor.kind === 'client') throw new AppError('forbidden')
  await host.enter(actor, keys)
}

/** Let the service hear what someone in the room says; what it answers. */
export async function hear(
  host: HostedRoom,
  said: { actor: Actor; service: string; keys: Record<string, unknown>; pass: unknown },
  event: unknown,
  message: unknown,
): Promise<unknown> {
  const name = typeof event === 'string' && Object.hasOwn(host.room.heard, event) ? event : null
  const shapes = name === null ? undefined : host.room.heard[name]
  const handler = name === null ? undefined : host.heard[name]
  if (!shapes || !handler) throw new AppError('not_found')
  refuseScope(said.actor, said.service, 'POST')
  if (said.actor.kind === 'client') throw new AppError('forbidden')
  const parsed = shapes.message.safeParse(message)
  if (!parsed.success) throw invalidInput(parsed.error)
  const { actor, keys, pass } = said
  return shapes.answer.parse(await handler(parsed.data, { actor, keys, pass } as never))
}

/** The keys that a client gave. @throws AppError `invalid_input`. */
export function keysFrom(host: HostedRoom, given: unknown): Record<string, unknown> {
  const parsed = host.room.keys.safeParse(given ?? {})
  if (!parsed.success) throw invalidInput(parsed.error)
  return parsed.data as Record<string, unknown>
}
