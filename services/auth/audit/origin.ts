import { deviceOf } from '@azora/kit/device-name.ts'
import { placeOf } from '../sessions/places.ts'
import type { Origin } from './chain.ts'

/** From where something was done, as a person reads it. */
export async function describeOrigin({ ip, userAgent }: Origin) {
  return { ip, device: deviceOf(userAgent), place: await placeOf(ip) }
}
