import type { KeysOf, Room, Told, ToldIn } from '@azora/contracts/room.ts'
import { whenCommitted } from './context.ts'
import type { Transaction } from './db.ts'

/** The one room that is meant: of which school, with which keys, and for a personal room, whose. */
export type RoomAddress<R extends Room> = KeysOf<R> & { organizationId: string } & (R['of'] extends 'person'
    ? { userId: string }
    : unknown)

type Deliver = (key: string, item: Omit<Told, 'id'>) => void

const deliverers = new Map<string, Deliver>()

/** The sockets of a process take what its services tell. */
export function onTold(service: string, deliver: Deliver): () => void {
  deliverers.set(service, deliver)
  return () => deliverers.get(service) === deliver && deliverers.delete(service)
}

/**
 * The name of a room among the sockets of all schools and people. It begins with the school, and ends with the person
 * where the room is one's own, so that no mistake in a service can lead across either.
 */
export function roomKey(
  room: Room,
  { organizationId, userId }: { organizationId: string; userId?: string },
  keys: Record<string, unknown>,
): string {
  const parts = [
    organizationId,
    room.name,
    ...Object.keys(room.keys.shape).map(name => encodeURIComponent(String(keys[name]))),
  ]
  if (room.of === 'person') {
    if (!userId) throw new Error(`The room ${room.name} is a person's, and nobody was named.`)
    parts.push(userId)
  }
  return parts.join('/')
}

/**
 * Tell those in a room that something happened, once what the transaction wrote is committed. It reaches everyone who is
 * there or comes back within two minutes, and is lost with a crash: what matters is in the rows, and the page reads
 * them.
 *
 * @param from the transaction, or the service's database when there is none.
 */
export function tell<R extends Room, E extends keyof R['told'] & string>(
  from: Pick<Transaction, 'service'> & Partial<Pick<Transaction, 'afterCommit'>>,
  room: R,
  address: RoomAddress<R>,
  event: E,
  payload: ToldIn<R, E>,
): void {
  const deliver = deliverers.get(from.service)
  if (!deliver) return
  const shape = room.told[event]
  if (!shape) throw new Error(`Nothing called ${event} is told in ${room.name}.`)
  const keys = room.keys.parse(address) as Record<string, unknown>
  const item = { room: room.name, keys, event, payload: shape.parse(payload) }
  const key = roomKey(room, address, keys)
  const done = () => deliver(key, item)
  if (from.afterCommit) from.afterCommit(done)
  else whenCommitted(done)
}
