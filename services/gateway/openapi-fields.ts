import { describeField, describeFields, exampleOf, type Noted } from '@azora/contracts/notes/note.ts'
import type { OpenAPI } from '@orpc/openapi'

/** Puts the description and the example of every field and parameter into the document (contracts/notes). */

type Content = Record<string, { schema?: unknown; example?: unknown }>

export function describeOperation(name: string, operation: OpenAPI.OperationObject): void {
  const [service = '', own = ''] = name.split('.')
  const place = { service, operation: own, parent: null }
  for (const parameter of (operation.parameters ?? []) as OpenAPI.ParameterObject[]) {
    const schema = (parameter.schema ?? {}) as Noted
    describeField(schema, parameter.name, place)
    if (schema.description) parameter.description ??= schema.description
    if (schema.examples) parameter.example = schema.examples[0]
  }
  const request = operation.requestBody as { content?: Content } | undefined
  const answers = Object.values(operation.responses ?? {}) as { content?: Content }[]
  for (const { content } of [request ?? {}, ...answers]) describeContent(content ?? {}, place)
}

export function describeContent(
  content: Content,
  place: { service: string; operation: string; parent: null },
): void {
  for (const media of Object.values(content)) {
    const schema = media.schema as (Noted & { $ref?: string }) | undefined
    if (!schema || schema.$ref) continue
    describeFields(schema, place)
    const example = exampleOf(schema)
    if (example !== undefined) media.example = example
  }
}
