import { z } from 'zod'
import * as registry from './registry.ts'
import { type Room, room } from './room.ts'
import type { ServiceContract } from './service.ts'

/** What every service tells of its own work, in one room for each school; any service's socket leads to it. */
export const operationsRoom = room({
  name: 'operations',
  summary: 'Which services have published, handled or failed at events or jobs of this school.',
  access: 'operations.read',
  of: 'school',
  keys: z.object({}),
  told: { 'operations.changed': z.object({ service: z.string() }) },
})

type Registry = typeof registry
type OfServices = {
  [S in keyof Registry]: Registry[S] extends { rooms: readonly (infer R extends Room)[] } ? R : never
}[keyof Registry]

/** Every room, by its name. */
export type Rooms = { [R in OfServices | typeof operationsRoom as R['name']]: R }
export type RoomName = keyof Rooms

export const rooms = Object.fromEntries(
  [operationsRoom, ...Object.values<ServiceContract>(registry).flatMap(service => service.rooms ?? [])].map(
    room => [room.name, room],
  ),
) as Rooms
