/** The part of JSON Schema that the contracts come to. */
export type Schema = {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  not?: Schema
  items?: Schema
  prefixItems?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  $ref?: string
  description?: string
  examples?: unknown[]
}

const union = (parts: string[]) => [...new Set(parts)].join(' | ') || 'never'
const isPlain = (name: string) => /^[A-Za-z_$][\w$]*$/.test(name)

/**
 * A JSON Schema as a TypeScript type. What a type cannot say (lengths, formats, ranges) is left to the API.
 * @throws for a schema that refers to itself: none of the contracts does.
 */
export function typeOf(schema: Schema): string {
  if (schema.$ref) throw new Error(`${schema.$ref}: references are not written out.`)
  if (schema.not) return 'never'
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.enum) return union(schema.enum.map(value => JSON.stringify(value)))
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return union(choices.map(typeOf))
  if (schema.allOf) return schema.allOf.map(part => `(${typeOf(part)})`).join(' & ')
  if (Array.isArray(schema.type)) return union(schema.type.map(type => typeOf({ ...schema, type })))
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
    case 'number':
      return schema.type
    case 'integer':
      return 'number'
    case 'array':
      if (schema.prefixItems) return `[${schema.prefixItems.map(typeOf).join(', ')}]`
      return `Array<${schema.items ? typeOf(schema.items) : 'unknown'}>`
    case 'object':
      return objectType(schema)
    default:
      return 'unknown'
  }
}

function objectType({ properties = {}, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties).map(([name, field]) => {
    const key = isPlain(name) ? name : JSON.stringify(name)
    return `${aboutField(field)}${key}${required.includes(name) ? '' : '?'}: ${typeOf(field)}`
  })
  const named = `{ ${fields.join('; ')} }`
  if (
    !additionalProperties ||
    additionalProperties === true ||
    Object.keys(additionalProperties).length === 0
  ) {
    if (fields.length > 0) return named
    return additionalProperties ? 'Record<string, unknown>' : 'Record<string, never>'
  }
  const others = `Record<string, ${typeOf(additionalProperties)}>`
  return fields.length > 0 ? `${named} & ${others}` : others
}

/** What an editor shows of a field; examples of whole objects would bury the rest. */
function aboutField({ description, examples }: Schema): string {
  if (!description) return ''
  const [example] = examples ?? []
  const shown =
    example !== undefined && typeof example !== 'object' ? ` Example: \`${JSON.stringify(example)}\`` : ''
  return `\n/** ${`${description}${shown}`.replaceAll('*/', '* /')} */\n`
}
