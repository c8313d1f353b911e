import type { Operation } from '../document/api-document.ts'
import { type Schema, sampleOf } from '../document/schema.ts'

/** A call as someone fills it in: text by parameter, and the body as text. */
export type Filled = { values: Record<string, string>; body: string }

export type BuiltRequest = {
  method: string
  path: string
  headers: Record<string, string>
  body: string | null
}

/** What stands where a path's part is not filled in yet. */
const capitals = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()

/**
 * The request that a filled-in operation means. Empty fields are left out; an empty part of the path becomes its name
 * in capitals, so that examples can be shown before anything is filled in.
 */
export function buildRequest(operation: Operation, { values, body }: Filled): BuiltRequest {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]?.trim()
    return value ? encodeURIComponent(value) : capitals(name)
  })
  const query = new URLSearchParams()
  const headers: Record<string, string> = {}
  for (const parameter of operation.parameters) {
    const value = values[parameter.name]?.trim()
    if (!value) continue
    if (parameter.in === 'query') query.append(parameter.name, value)
    if (parameter.in === 'header') headers[parameter.name.toLowerCase()] = value
  }
  const text = query.toString()
  const sent = operation.bodyKind === 'json' || operation.bodyKind === 'form' ? body.trim() : ''
  if (sent)
    headers['content-type'] =
      operation.bodyKind === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'
  return {
    method: operation.method,
    path: `/api/${operation.version}${path}${text ? `?${text}` : ''}`,
    headers,
    body: operation.bodyKind === 'form' && sent ? formOf(sent) : sent || null,
  }
}

/** A form is written here as JSON too, which people can read. */
function formOf(text: string): string {
  try {
    const fields = Object.entries(JSON.parse(text) as Record<string, unknown>)
    return new URLSearchParams(fields.map(([name, value]) => [name, String(value)])).toString()
  } catch {
    return text
  }
}

/** The parts of the path that are still to be filled in. */
export function missing(operation: Operation, { values }: Filled): string[] {
  return operation.parameters
    .filter(({ name, required }) => required && !values[name]?.trim())
    .map(({ name }) => name)
}

/** The value of a parameter as a program would have it: a number where the schema says so. */
export function typedValue(schema: Schema | undefined, text: string): unknown {
  const types = [schema?.type ?? 'string'].flat()
  if ((types.includes('integer') || types.includes('number')) && /^-?\d+(?:\.\d+)?$/.test(text))
    return Number(text)
  if (types.includes('boolean') && /^(?:true|false)$/.test(text)) return text === 'true'
  return text
}

/** How a call begins: parts of the body that are required, with values that fit. */
export function startOf(operation: Operation): Filled {
  const { body } = operation
  if (!body) return { values: {}, body: '' }
  const within = operation.parameters.filter(({ in: place }) => place === 'path').map(({ name }) => name)
  const sample = sampleOf(body)
  // What stands in the path is not sent a second time.
  const rest =
    sample && typeof sample === 'object' && !Array.isArray(sample)
      ? Object.fromEntries(Object.entries(sample).filter(([name]) => !within.includes(name)))
      : sample
  return { values: {}, body: JSON.stringify(rest, null, 2) }
}
