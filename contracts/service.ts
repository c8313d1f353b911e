import type { AnyContractProcedure } from '@orpc/contract'
import type { ZodType } from 'zod'
import type { Notes } from './notes/notes.ts'
import type { Room } from './room.ts'

type Operations = Record<string, AnyContractProcedure>

/** What a service tells everybody else of itself. Its code is `services/<name>/service.ts`. */
export type ServiceContract = {
  /** Lower-case words joined by hyphens: also its folder, its first path segment, its scopes. */
  name: string
  /** What people call it. */
  title: string
  /** What there is in it, in a sentence. */
  about: string
  /** Where the specification gives it another first path segment, that one; it answers at both. */
  prefix?: string
  /** Whether it keeps something of people. It then reports on `user.export_requested` and on `user.deleted`. */
  keepsPersonalData: boolean
  operations: Operations
  /** The operations that stream a file instead of JSON, or answer a browser in its own way. */
  files?: Operations
  /** The operations that the second version of the API changed. */
  changedInV2?: Operations
  /** The events that it publishes first of all. */
  events: Record<string, ZodType>
  /** Those of its events that stay within the installation: their payloads are ours to change, or not for other eyes. */
  innerEvents?: readonly string[]
  /** Where people are told what happens in it, as it happens. */
  rooms?: readonly Room[]
  /** What its fields and the fields of its events mean. */
  notes: Notes
}

/** Exactly what was given, with its types kept. */
export function defineService<const S extends ServiceContract>(
  service: S & { innerEvents?: readonly (keyof S['events'])[] },
): S {
  return service
}

/** `study-hall` to `studyHall`: what a service is called where names have no hyphens. */
export const identifierOf = (name: string) =>
  name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
