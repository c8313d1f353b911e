/** The part of JSON Schema (2020-12) that the API's description uses. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  pattern?: string
  description?: string
  examples?: unknown[]
  enum?: unknown[]
  const?: unknown
  default?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  additionalProperties?: Schema | boolean
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  contentMediaType?: string
}

/** A schema without its `null`: the rest of it, and whether null is allowed. */
export function withoutNull(schema: Schema): { schema: Schema; nullable: boolean } {
  const options = schema.anyOf ?? schema.oneOf
  if (options) {
    const rest = options.filter(option => option.type !== 'null')
    const nullable = rest.length < options.length
    const [only] = rest
    if (nullable && rest.length === 1 && only) return { schema: only, nullable }
    return { schema: { ...schema, anyOf: rest }, nullable }
  }
  if (Array.isArray(schema.type) && schema.type.includes('null'))
    return { schema: { ...schema, type: schema.type.filter(type => type !== 'null') }, nullable: true }
  return { schema, nullable: false }
}

// The limits of whole numbers that JavaScript holds; said of every integer, they tell a reader nothing.
const beyond = Number.MAX_SAFE_INTEGER

/** The limits of a number that an author set. */
export function bounds({ minimum, maximum }: Schema): { from: number | undefined; to: number | undefined } {
  return {
    from: minimum !== undefined && Math.abs(minimum) < beyond ? minimum : undefined,
    to: maximum !== undefined && Math.abs(maximum) < beyond ? maximum : undefined,
  }
}

const samples: Record<string, unknown> = {
  uuid: '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
  'date-time': '2026-03-01T09:00:00Z',
  email: 'learner@school.example',
  uri: 'https://example.org/page',
}

/** A value that fits a schema, for an example. Only what is required, unless nothing is. */
export function sampleOf(given: Schema, depth = 0): unknown {
  // Of objects only what is required is shown, so theirs is put together from their fields' examples.
  const example = given.examples?.[0]
  if (example !== undefined && !innerFields(given)) return example
  const { schema } = withoutNull(given)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.default !== undefined && depth > 0) return schema.default
  const [option] = schema.anyOf ?? []
  if (option) return sampleOf(option, depth)
  if (schema.properties) {
    const names = Object.keys(schema.properties)
    const wanted = schema.required?.length ? schema.required : names.slice(0, 2)
    return Object.fromEntries(
      wanted.map(name => [name, sampleOf(schema.properties?.[name] ?? {}, depth + 1)]),
    )
  }
  if (schema.type === 'array') {
    const least = Math.min(schema.minItems ?? 1, 2)
    return Array.from({ length: Math.max(1, least) }, () => sampleOf(schema.items ?? {}, depth + 1))
  }
  if (schema.type === 'object') return {}
  if (schema.type === 'boolean') return true
  if (schema.type === 'integer' || schema.type === 'number') return bounds(schema).from ?? 1
  const sample = schema.format ? samples[schema.format] : undefined
  return sample ?? 'text'.padEnd(schema.minLength ?? 0, '.')
}

/** Whether a schema, its items or its values have fields of their own. */
export function innerFields(given: Schema): boolean {
  const { schema } = withoutNull(given)
  if (schema.properties) return true
  return schema.items ? innerFields(schema.items) : false
}
