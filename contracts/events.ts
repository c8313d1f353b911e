import type { z } from 'zod'
import { authEvents, authInnerEvents } from './auth/events.ts'
import * as registry from './registry.ts'
import type { ServiceContract } from './service.ts'

type Registry = typeof registry
type Together<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never
type Events = typeof authEvents & Together<Registry[keyof Registry]['events']>

/**
 * The events that services publish and hear; each stands with the service that publishes it. Names of the
 * specification are fixed; a change of meaning is a new version beside the old one. Delivery is at least once; a
 * reaction takes effect once.
 */
export const events = Object.assign(
  {},
  authEvents,
  ...Object.values(registry).map(service => service.events),
) as { readonly [N in keyof Events]: Events[N] }

export type EventName = keyof typeof events
/** The events that no webhook may ask for. */
export const innerEvents: ReadonlySet<EventName> = new Set([
  ...authInnerEvents,
  ...Object.values<ServiceContract>(registry).flatMap(service => (service.innerEvents ?? []) as EventName[]),
])
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>

/**
 * The version of each event whose shape has changed since its first release; all others are at 1. A field that may be
 * missing needs no new version. Anything else does, with a step in `upgrades` for those that wait in an outbox or a
 * queue while the installation is upgraded.
 */
const versions: Partial<Record<EventName, number>> = {
  // 2: questions of the type `item`.
  'quiz.imported': 2,
}

/** For each event, by the version it leads from: how a payload becomes one of the next version. Pure. */
const upgrades: Partial<Record<EventName, Record<number, (payload: unknown) => unknown>>> = {
  'quiz.imported': { 1: payload => payload },
}

const known = { versions, upgrades }

/** The version in which an event is published. */
export const versionOf = (name: EventName, { versions } = known): number => versions[name] ?? 1

/** The event was published by a newer release than this one. It waits until this process is upgraded too. */
export class NewerEvent extends Error {
  override name = 'NewerEvent'
}

/**
 * The payload in the current version, checked.
 * @throws NewerEvent for a version that this release does not know; ZodError for a payload that is not of its shape.
 */
export function readPayload<N extends EventName>(
  name: N,
  version: number,
  payload: unknown,
  { versions, upgrades } = known,
): EventPayload<N> {
  const current = versionOf(name, { versions, upgrades })
  if (version > current)
    throw new NewerEvent(`${name} came in version ${version}; this release knows it up to ${current}.`)
  let upgraded = payload
  for (let at = version; at < current; at++) {
    const step = upgrades[name]?.[at]
    if (!step) throw new Error(`Nothing leads from version ${at} of ${name} to the next.`)
    upgraded = step(upgraded)
  }
  return events[name].parse(upgraded) as EventPayload<N>
}
