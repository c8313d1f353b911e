import { z } from 'zod'
import { importRoom, learningRoom } from './education/rooms.ts'
import { room } from './room.ts'

/** What every service tells of its own work, in one room for each school; any service's socket leads to it. */
export const operationsRoom = room({
  name: 'operations',
  summary: 'Which services have published, received or failed at events or jobs of this school.',
  access: 'operations.read',
  of: 'school',
  keys: z.object({}),
  told: { 'operations.changed': z.object({ service: z.string() }) },
})

/** Every room, by its name. */
export const rooms = {
  operations: operationsRoom,
  'education/learning': learningRoom,
  'education/import': importRoom,
}

export type Rooms = typeof rooms
export type RoomName = keyof Rooms
