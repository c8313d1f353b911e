import { bounds, type Schema, withoutNull } from '../document/schema.ts'

/** What is wrong with a body, and where (dots between names; empty for the whole). */
export type BodyFault = { path: string; kind: FaultKind; wanted: string }
type FaultKind =
  | 'json'
  | 'type'
  | 'required'
  | 'unknown'
  | 'short'
  | 'long'
  | 'small'
  | 'large'
  | 'choice'
  | 'few'
  | 'many'

// More would only push the editor out of sight.
const mostFaults = 8

/**
 * Compares a body with its schema before it is sent. It finds what people get wrong (names, kinds, lengths, choices)
 * and leaves the rest to the API, which is the judge.
 */
export function checkBody(schema: Schema, text: string): BodyFault[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (failure) {
    return [{ path: '', kind: 'json', wanted: (failure as Error).message }]
  }
  const faults: BodyFault[] = []
  check(schema, value, '', faults)
  return faults.slice(0, mostFaults)
}

const typeOf = (value: unknown) =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'array'
      : Number.isInteger(value)
        ? 'integer'
        : typeof value

function fits(schema: Schema, value: unknown): boolean {
  const found: BodyFault[] = []
  check(schema, value, '', found)
  return found.length === 0
}

function check(given: Schema, value: unknown, path: string, faults: BodyFault[]): unknown {
  const say = (kind: FaultKind, wanted: unknown = '') => faults.push({ path, kind, wanted: String(wanted) })
  const { schema, nullable } = withoutNull(given)
  if (value === null && nullable) return
  const options = schema.anyOf ?? schema.oneOf
  if (options && !schema.properties) {
    const same = options.find(option => kindFits(option, value))
    if (options.some(option => fits(option, value))) return
    if (same) return check(same, value, path, faults)
    return say('type', options.map(option => [option.type ?? 'const'].flat().join(' | ')).join(' | '))
  }
  if (schema.const !== undefined)
    return value === schema.const ? undefined : say('choice', JSON.stringify(schema.const))
  if (schema.enum)
    return schema.enum.includes(value)
      ? undefined
      : say('choice', schema.enum.map(one => JSON.stringify(one)).join(', '))
  if (!kindFits(schema, value)) return say('type', [schema.type ?? ''].flat().join(' | '))
  if (typeof value === 'string') {
    if (schema.minLength !== undefined && value.length < schema.minLength) say('short', schema.minLength)
    if (schema.maxLength !== undefined && value.length > schema.maxLength) say('long', schema.maxLength)
  } else if (typeof value === 'number') {
    const { from, to } = bounds(schema)
    if (from !== undefined && value < from) say('small', from)
    if (to !== undefined && value > to) say('large', to)
  } else if (Array.isArray(value)) {
    if (schema.minItems !== undefined && value.length < schema.minItems) say('few', schema.minItems)
    if (schema.maxItems !== undefined && value.length > schema.maxItems) say('many', schema.maxItems)
    for (const [at, one] of value.entries())
      check(schema.items ?? {}, one, `${path}${path ? '.' : ''}${at}`, faults)
  } else if (value && typeof value === 'object')
    checkObject(schema, value as Record<string, unknown>, path, faults)
}

function checkObject(
  schema: Schema,
  value: Record<string, unknown>,
  path: string,
  faults: BodyFault[],
): void {
  const at = (name: string) => `${path}${path ? '.' : ''}${name}`
  for (const name of schema.required ?? [])
    if (!(name in value)) faults.push({ path: at(name), kind: 'required', wanted: '' })
  for (const [name, one] of Object.entries(value)) {
    const own = schema.properties?.[name]
    if (own) check(own, one, at(name), faults)
    else if (typeof schema.additionalProperties === 'object')
      check(schema.additionalProperties, one, at(name), faults)
    else if (schema.properties && schema.additionalProperties !== true)
      faults.push({ path: at(name), kind: 'unknown', wanted: '' })
  }
}

function kindFits(schema: Schema, value: unknown): boolean {
  if (schema.const !== undefined) return schema.const === value
  if (schema.type === undefined) return true
  const kind = typeOf(value)
  return [schema.type].flat().some(type => type === kind || (type === 'number' && kind === 'integer'))
}
