import type { OperationMeta } from '@azora/contracts/operation.ts'
import type { OpenAPI } from '@orpc/openapi'
import { z } from 'zod'
import { describeStream } from './openapi-streams.ts'

/** What operations read and answer, as OpenAPI says it, where the generator cannot know: files, forms, failures. */

type Operation = OpenAPI.OperationObject
type Content = Record<string, OpenAPI.MediaTypeObject>
type Schema = { type?: string; properties?: Record<string, Schema>; required?: string[] }

const binary = { schema: { type: 'string', format: 'binary' } as OpenAPI.SchemaObject }
const bytes: Content = { 'application/octet-stream': binary }
const json = (schema: object): Content => ({ 'application/json': { schema: schema as OpenAPI.SchemaObject } })
const schemaOf = (type: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io })
  return schema as OpenAPI.SchemaObject
}

export function describeBodies(operation: Operation, { raw, speech }: OperationMeta, streams: boolean): void {
  if (streams) describeStream(operation)
  else if (raw === 'upload') describeUpload(operation)
  else if (raw === 'download') {
    const content = { [speech?.mediaType ?? 'application/octet-stream']: binary }
    operation.responses = { '200': { description: 'The file.', content } }
    if (speech?.mediaType === '*/*')
      operation.responses['206'] = { description: 'The range of the file that was asked for.', content }
  } else if (raw === 'page') describePage(operation, speech)
  else describeBody(operation)
  const own = { $ref: '#/components/schemas/Error' }
  operation.responses = {
    ...operation.responses,
    default: {
      description: 'Any failure, by its code.',
      content: json(
        speech?.refusal === 'oauth' ? { anyOf: [{ $ref: '#/components/schemas/OAuthError' }, own] } : own,
      ),
    },
  }
}

// The generator takes every body for a needed one.
function describeBody(operation: Operation): void {
  const body = operation.requestBody as OpenAPI.RequestBodyObject | undefined
  const schema = body?.content['application/json']?.schema as
    | (Schema & { anyOf?: unknown; oneOf?: unknown })
    | undefined
  if (!body || !schema || schema.anyOf || schema.oneOf) return
  if (Object.keys(schema.properties ?? {}).length === 0) delete operation.requestBody
  else body.required = (schema.required ?? []).length > 0
}

// A browser is sent on, or a protocol of its own is spoken with a form.
function describePage(operation: Operation, speech: OperationMeta['speech']): void {
  if (speech?.form) {
    const form = { 'application/x-www-form-urlencoded': { schema: schemaOf(speech.form, 'input') } }
    operation.requestBody = { required: true, content: form }
    operation.responses = {
      '200': speech.answer
        ? { description: 'The answer of the protocol.', content: json(schemaOf(speech.answer, 'output')) }
        : { description: 'Done; the answer is empty.' },
    }
    return
  }
  operation.responses = { '303': { description: 'The browser continues at another address.' } }
  const body = operation.requestBody as OpenAPI.RequestBodyObject | undefined
  const schema = body?.content['application/json']?.schema
  if (schema) operation.requestBody = { content: { 'application/x-www-form-urlencoded': { schema } } }
}

// The generator takes an upload's input for a JSON body; it travels in the query, and the body is the file.
function describeUpload(operation: Operation): void {
  const body = operation.requestBody as OpenAPI.RequestBodyObject | undefined
  const schema = body?.content['application/json']?.schema as Schema | undefined
  const parameters: OpenAPI.ParameterObject[] = Object.entries(schema?.properties ?? {}).map(
    ([name, property]) => ({
      name,
      in: 'query',
      required: schema?.required?.includes(name) ?? false,
      schema: property as never,
    }),
  )
  operation.parameters = [...(operation.parameters ?? []), ...parameters]
  operation.requestBody = { required: true, content: bytes }
}

type PathItem = Record<string, unknown>

/**
 * OpenAPI takes templates that differ in a parameter's name alone for one address (3.1, 4.8.8.2): their operations
 * stand together, under the first one's name.
 */
export function joinPaths(paths: Record<string, PathItem>): Record<string, PathItem> {
  const joined = new Map<string, string>()
  const result: Record<string, PathItem> = {}
  for (const [path, item] of Object.entries(paths)) {
    const shape = path.replace(/\{\w+\}/g, '{}')
    const kept = joined.get(shape)
    if (kept === undefined) {
      joined.set(shape, path)
      result[path] = item
      continue
    }
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1])
    const keptNames = [...kept.matchAll(/\{(\w+)\}/g)].map(match => match[1])
    for (const operation of Object.values(item) as Operation[])
      for (const parameter of (operation.parameters ?? []) as OpenAPI.ParameterObject[])
        if (parameter.in === 'path')
          parameter.name = keptNames[names.indexOf(parameter.name)] ?? parameter.name
    Object.assign(result[kept] as PathItem, item)
  }
  return result
}
