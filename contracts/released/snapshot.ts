import type { AnyContractProcedure } from '@orpc/contract'
import { z } from 'zod'
import { versions } from '../contract.ts'
import { type EventName, events, versionOf } from '../events.ts'
import { offices } from '../offices.ts'
import type { Access, OperationMeta } from '../operation.ts'
import { type Holder, may, roles } from '../permissions.ts'
import { answerOf } from '../stream.ts'
import { misunderstandings, type Schema } from './compatibility.ts'

/**
 * What a release promises: every operation of the API as someone calls it, and every event as the next release finds
 * it in the outbox. `released.json` holds that of the last release; a later one may add to it, and break nothing.
 */
export type Snapshot = {
  operations: Record<string, ReleasedOperation>
  events: Record<string, { version: number; payload: Schema }>
}

type ReleasedOperation = {
  route: string
  status: number
  access: string
  /** What it asks for beyond its access rule: `interactive`, `stepUp`. */
  asks: string[]
  sunset: string | null
  input: Schema | null
  output: Schema | null
}

const forPeople = new Set([
  '$schema',
  'title',
  'description',
  'examples',
  'default',
  'deprecated',
  'readOnly',
])

/** A schema without what is for people, which may change at any time. */
function bare(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(bare)
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !forPeople.has(key))
      .map(([key, value]) => [
        key,
        // Names of properties, which may be called what a keyword is called.
        key === 'properties'
          ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, bare(inner)]))
          : bare(value),
      ]),
  )
}

function schemaOf(schema: unknown, io: 'input' | 'output'): Schema | null {
  if (!schema) return null
  return bare(z.toJSONSchema(schema as z.ZodType, { io, unrepresentable: 'any' })) as Schema
}

function released(procedure: AnyContractProcedure): ReleasedOperation {
  const { route, meta, inputSchema, outputSchema } = procedure['~orpc']
  const { access, interactive, stepUp, deprecation } = meta as unknown as OperationMeta
  return {
    route: `${route.method ?? 'POST'} ${route.path ?? '/'}`,
    status: route.successStatus ?? 200,
    access,
    asks: [interactive ? 'interactive' : '', stepUp ? 'stepUp' : ''].filter(Boolean),
    sunset: deprecation?.sunset ?? null,
    input: schemaOf(inputSchema, 'input'),
    output: schemaOf(answerOf(outputSchema), 'output'),
  }
}

/** What this release promises. Operations for other parts of the installation alone are not promised to anyone. */
export function snapshot(): Snapshot {
  const operations: Snapshot['operations'] = {}
  for (const [version, { contract, files }] of Object.entries(versions)) {
    for (const services of [contract, files] as Record<string, Record<string, AnyContractProcedure>>[]) {
      for (const [service, procedures] of Object.entries(services)) {
        for (const [name, procedure] of Object.entries(procedures)) {
          const operation = released(procedure)
          if (operation.access !== 'internal') operations[`${version} ${service}.${name}`] = operation
        }
      }
    }
  }
  const names = Object.keys(events) as EventName[]
  return {
    operations,
    events: Object.fromEntries(
      names.map(name => [name, { version: versionOf(name), payload: schemaOf(events[name], 'input') ?? {} }]),
    ),
  }
}

/**
 * What in `now` breaks a promise of `before`; empty when nothing does.
 *
 * A caller of the last release must be understood, and must understand the answer. An event that the last release
 * left in the outbox must be read, and while processes of both releases run, the last release reads events of this
 * one: a payload may gain what may be missing, and nothing else without a new version of the event.
 *
 * @param today ISO date, after which an operation whose sunset has passed may be gone.
 */
export function brokenPromises(before: Snapshot, now: Snapshot, today: string): string[] {
  const inOperations = Object.entries(before.operations).flatMap(([name, old]) => {
    const current = now.operations[name]
    if (!current) return old.sunset && old.sunset < today ? [] : [`${name}: is gone`]
    return operationFaults(old, current).map(fault => `${name}: ${fault}`)
  })
  const inEvents = Object.entries(before.events).flatMap(([name, old]) => {
    const current = now.events[name]
    if (!current) return [`event ${name}: is gone`]
    if (current.version !== old.version)
      return current.version < old.version ? [`event ${name}: its version went back`] : []
    const rules = { limits: true, ignoresUnknown: true }
    const faults = [
      ...misunderstandings(current.payload, old.payload, { ...rules, ignoresUnknown: false }).map(
        fault => `one of the last release is not understood: ${fault}`,
      ),
      ...misunderstandings(old.payload, current.payload, rules).map(
        fault => `the last release does not understand it: ${fault}`,
      ),
    ]
    return faults.map(fault => `event ${name}: ${fault}`)
  })
  return [...inOperations, ...inEvents]
}

/** Everyone whom an access rule may tell apart: a visitor, and the holder of each role and of each office. */
const callers: (Holder | null)[] = [
  null,
  ...roles.map(role => ({ roles: [role] })),
  ...offices.map(office => ({ roles: [], offices: [office] })),
]

function letsIn(access: string, caller: Holder | null): boolean {
  if (access === 'public') return true
  if (caller === null || access === 'internal') return false
  return access === 'member' || may(caller, access as Exclude<Access, 'public' | 'member' | 'internal'>)
}

function operationFaults(old: ReleasedOperation, current: ReleasedOperation): string[] {
  const faults: string[] = []
  for (const what of ['route', 'status'] as const) {
    if (current[what] !== old[what]) faults.push(`its ${what} was ${old[what]} and is ${current[what]}`)
  }
  // A wider rule refuses none of those who call today.
  const shutOut = callers.filter(caller => letsIn(old.access, caller) && !letsIn(current.access, caller))
  if (shutOut.length > 0) faults.push(`its access was ${old.access} and is ${current.access}`)
  for (const ask of current.asks) if (!old.asks.includes(ask)) faults.push(`asks for ${ask} now`)
  const input = misunderstandings(current.input ?? { type: 'object' }, old.input ?? { type: 'object' }, {
    limits: true,
    ignoresUnknown: false,
  })
  const output = misunderstandings(old.output ?? {}, current.output ?? {}, {
    limits: false,
    ignoresUnknown: true,
  })
  return [
    ...faults,
    ...input.map(fault => `a request is not understood: ${fault}`),
    ...output.map(fault => `the answer changed: ${fault}`),
  ]
}
