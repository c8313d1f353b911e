import { services } from '../contract.ts'
import { operationsNotes, sharedNotes } from './every-service.ts'
import type { Notes } from './notes.ts'

/**
 * What every field and parameter of the API means, with a real example: said once for each name, so that one name
 * keeps one meaning, and taken from here by OpenAPI, the reference and the client's types. A field whose meaning
 * differs has a narrower key; one with a `.describe()` or `.meta()` of its own in the contract keeps that.
 * `tidy/field-notes.test.ts` holds all this.
 */

/** The part of JSON Schema that is read and completed here. */
export type Noted = {
  description?: string
  examples?: unknown[]
  type?: string | string[]
  format?: string
  const?: unknown
  enum?: unknown[]
  default?: unknown
  anyOf?: Noted[]
  oneOf?: Noted[]
  allOf?: Noted[]
  items?: Noted
  maxItems?: number
  properties?: Record<string, Noted>
  required?: string[]
  additionalProperties?: Noted | boolean
}

const notesByService: Record<string, Notes> = Object.fromEntries(
  Object.values(services).map(({ name, notes }) => [name, notes]),
)
// Webhooks send events: what integrations does not say of their fields, the service that publishes them does.
const notesByEvent: Record<string, Notes> = Object.fromEntries(
  Object.values(services).flatMap(({ events, notes }) => Object.keys(events).map(name => [name, notes])),
)
const shared: Notes = { ...operationsNotes, ...sharedNotes }

/** `listWebhooks`, `saveWebhook` to `webhook`; the operations that answer something else than they are named for. */
const otherNouns: Record<string, string> = {
  createModule: 'course',
  saveModule: 'course',
  deleteModule: 'course',
  deleteLesson: 'course',
  setRoles: 'person',
  giveOffice: 'person',
  endOffice: 'person',
  invite: 'invitation',
  lookUpInvitation: 'invitation',
  testWebhook: 'delivery',
  startSubmission: 'submission',
  importCartridge: 'import',
}

function nounOf(operation: string): string {
  const tail = operation.replace(/^[a-z]+(?=[A-Z])/, '').replace(/^People$/, 'Person')
  const noun = tail.slice(0, 1).toLowerCase() + tail.slice(1)
  return (
    otherNouns[operation] ??
    noun
      .replace(/([^aeiou]s|zz)es$/, '$1')
      .replace(/ies$/, 'y')
      .replace(/s$/, '')
  )
}

type Place = { service: string; operation: string; parent: string | null }

function noteOf(name: string, { service, operation, parent }: Place) {
  const around = parent && parent !== 'items' && parent !== 'data' ? [parent] : [operation, nounOf(operation)]
  const keys = [...around.map(one => `${one}.${name}`), name]
  const sources = [notesByService[service], notesByEvent[operation], shared]
  for (const key of keys) {
    const note = sources.find(notes => notes?.[key])?.[key]
    if (note)
      return typeof note === 'string' ? { description: note } : { description: note[0], example: note[1] }
  }
  return null
}

const exampleId = '0198c7a2-5b1e-7c3d-8a9b-0c1d2e3f4a5b'
const exampleTime = '2026-03-02T08:30:00.000Z'

/** Give the fields of a schema, at any depth, their description and example. Changes the schema. */
export function describeFields(schema: Noted, place: Place): void {
  for (const [name, field] of Object.entries(schema.properties ?? {})) describeField(field, name, place)
  for (const part of partsOf(schema)) describeFields(part, place)
}

/** The same for one field or parameter. */
export function describeField(field: Noted, name: string, place: Place): void {
  describeFields(field, { ...place, parent: name })
  const note = noteOf(name, place)
  if (note) field.description ??= note.description
  if (field.examples) return
  const example = note && 'example' in note && suits(field, note.example) ? note.example : exampleOf(field)
  if (example !== undefined) field.examples = [example]
}

function partsOf(schema: Noted): Noted[] {
  const { anyOf = [], oneOf = [], allOf = [], items, additionalProperties } = schema
  const others = typeof additionalProperties === 'object' ? [additionalProperties] : []
  return [...anyOf, ...oneOf, ...allOf, ...(items ? [items] : []), ...others]
}

const kindOf = (value: unknown) =>
  Array.isArray(value)
    ? 'array'
    : value === null
      ? 'null'
      : typeof value === 'number'
        ? 'number'
        : typeof value

// One name may be a text here and a list there; its example serves where it fits.
function suits(field: Noted, example: unknown): boolean {
  if (field.const !== undefined || field.enum) return (field.enum ?? [field.const]).includes(example)
  const choices = field.anyOf ?? field.oneOf
  if (choices) return choices.some(choice => suits(choice, example))
  if (field.format === 'uuid' || field.format === 'date-time') return false
  if (field.properties) {
    const { properties, required = [] } = field
    const names = typeof example === 'object' && example !== null ? Object.keys(example) : null
    return !!names && names.every(name => name in properties) && required.every(name => names.includes(name))
  }
  if (Array.isArray(example) && field.items)
    return (
      example.length <= (field.maxItems ?? example.length) &&
      example.every(one => suits(field.items ?? {}, one))
    )
  const types = [field.type ?? []].flat().map(type => (type === 'integer' ? 'number' : type))
  return types.length === 0 || types.includes(kindOf(example))
}

/** An example that follows from the kind of a field; undefined where only a person can give one. */
export function exampleOf(field: Noted): unknown {
  if (field.examples) return field.examples[0]
  if (field.const !== undefined) return field.const
  if (field.enum) return field.enum[0]
  const choices = (field.anyOf ?? field.oneOf)?.filter(({ type }) => type !== 'null')
  if (choices) return choices[0] ? exampleOf(choices[0]) : undefined
  if (field.format === 'uuid') return exampleId
  if (field.format === 'date-time') return exampleTime
  if (field.type === 'boolean') return true
  if (field.type === 'array') {
    if (field.maxItems === 0) return []
    const one = exampleOf(field.items ?? {})
    return one === undefined ? undefined : [one]
  }
  if (field.properties) {
    const fields = Object.entries(field.properties).map(([name, inner]) => [name, exampleOf(inner)] as const)
    return fields.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(fields)
  }
  return undefined
}
