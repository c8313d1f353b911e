/** Whether two JSON Schemas (2020-12, as Zod writes them) may stand for one thing in two releases. */
export type Schema = {
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  propertyNames?: Schema
  items?: Schema
  prefixItems?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  /** See `growing` in contracts/wire.ts. */
  'x-azora-growing'?: boolean
}

type Rules = {
  /** Whether a value that is longer, larger or of another form than the reader states is a fault. */
  limits: boolean
  /** Whether the reader passes over properties it does not know, and over choices of a kind that grows. */
  ignoresUnknown: boolean
}

const upper = ['maxLength', 'maxItems', 'maximum', 'exclusiveMaximum'] as const
const lower = ['minLength', 'minItems', 'minimum', 'exclusiveMinimum'] as const

/**
 * Why `reader` may refuse, or misunderstand, something that `writer` allows; empty when it never does. Each reason
 * begins with the place of the value, `items[].title: …`. Errs towards a reason: two patterns that are not the same
 * text count as different.
 */
export function misunderstandings(reader: Schema, writer: Schema, rules: Rules, place = ''): string[] {
  const say = (reason: string) => [`${place || 'the whole'}: ${reason}`]
  const written = alternativesOf(writer)
  const read = alternativesOf(reader)
  if (written.length > 1 || read.length > 1) {
    return written.flatMap(one => {
      const [best = say('is not expected')] = read
        .map(candidate => misunderstandings(candidate, one, rules, place))
        .sort((a, b) => a.length - b.length)
      return best
    })
  }
  if (reader.allOf || writer.allOf) {
    return JSON.stringify(reader) === JSON.stringify(writer) ? [] : say('is put together differently')
  }
  const values = valuesOf(writer)
  const expected = valuesOf(reader)
  if (expected) {
    if (values && rules.ignoresUnknown && writer['x-azora-growing']) return []
    const others = values?.filter(value => !expected.includes(value))
    return others === undefined
      ? say('may be any value')
      : others.length > 0
        ? say(`may be ${others.map(String).join(', ')}`)
        : []
  }
  if (reader.type === undefined && !reader.properties) return []
  const isWider = reader.type === 'number' && writer.type === 'integer'
  if (writer.type !== reader.type && !isWider)
    return say(`is ${writer.type ?? 'anything'}, not ${reader.type}`)
  const faults = rules.limits ? limitFaults(reader, writer).flatMap(say) : []
  if (reader.type === 'object') faults.push(...propertyFaults(reader, writer, rules, place))
  if (reader.items) faults.push(...misunderstandings(reader.items, writer.items ?? {}, rules, `${place}[]`))
  reader.prefixItems?.forEach((part, index) => {
    faults.push(...misunderstandings(part, writer.prefixItems?.[index] ?? {}, rules, `${place}[${index}]`))
  })
  return faults
}

function alternativesOf(schema: Schema): Schema[] {
  if (Array.isArray(schema.type)) return schema.type.map(type => ({ ...schema, type }))
  return (schema.anyOf ?? schema.oneOf)?.flatMap(alternativesOf) ?? [schema]
}

const valuesOf = (schema: Schema): unknown[] | null =>
  schema.enum ?? ('const' in schema ? [schema.const] : schema.type === 'null' ? [null] : null)

function limitFaults(reader: Schema, writer: Schema): string[] {
  const faults: string[] = []
  for (const limit of upper) {
    if (reader[limit] !== undefined && (writer[limit] ?? Number.POSITIVE_INFINITY) > reader[limit])
      faults.push(`has a ${limit} of ${writer[limit] ?? 'none'}, not ${reader[limit]}`)
  }
  for (const limit of lower) {
    if (reader[limit] !== undefined && (writer[limit] ?? Number.NEGATIVE_INFINITY) < reader[limit])
      faults.push(`has a ${limit} of ${writer[limit] ?? 'none'}, not ${reader[limit]}`)
  }
  for (const form of ['pattern', 'format'] as const) {
    if (reader[form] !== undefined && reader[form] !== writer[form])
      faults.push(`has the ${form} ${writer[form] ?? 'none'}, not ${reader[form]}`)
  }
  return faults
}

function propertyFaults(reader: Schema, writer: Schema, rules: Rules, place: string): string[] {
  const at = (name: string) => (place ? `${place}.${name}` : name)
  const rest = typeof reader.additionalProperties === 'object' ? reader.additionalProperties : null
  const faults: string[] = []
  for (const [name, schema] of Object.entries(writer.properties ?? {})) {
    const known = reader.properties?.[name] ?? rest
    if (known) faults.push(...misunderstandings(known, schema, rules, at(name)))
    else if (!rules.ignoresUnknown) faults.push(`${at(name)}: is not known`)
  }
  for (const name of Object.keys(reader.properties ?? {})) {
    const given = writer.properties?.[name] !== undefined
    const always = given && writer.required?.includes(name)
    if (reader.required?.includes(name) && !always) faults.push(`${at(name)}: may be missing`)
    else if (!given && rules.ignoresUnknown) faults.push(`${at(name)}: is gone`)
  }
  if (rest && typeof writer.additionalProperties === 'object')
    faults.push(...misunderstandings(rest, writer.additionalProperties, rules, at('*')))
  return faults
}
