import { learningRoom } from '@azora/contracts/education/rooms.ts'
import { type HostedRoom, hostRoom } from '@azora/kit/room-host.ts'

/** The rooms of the service. Each person's own needs nobody at its door. */
export const rooms: HostedRoom[] = [hostRoom(learningRoom, {})]
