import { type Version, versions } from '@azora/contracts/contract.ts'
import { errorCodes } from '@azora/contracts/errors.ts'
import type { OperationMeta, Raw } from '@azora/contracts/operation.ts'
import type { AnyContractProcedure } from '@orpc/contract'
import { type OpenAPI, OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import type { Limits } from './limits.ts'
import { describeLimits, describeWebhooks, notesOf } from './openapi-notes.ts'

type Operation = OpenAPI.OperationObject
type Schema = { type?: string; properties?: Record<string, Schema>; required?: string[] }

const errorSchema = {
  type: 'object',
  required: ['code', 'status', 'message'],
  properties: {
    code: { type: 'string', enum: Object.keys(errorCodes), description: 'Stable; match on this.' },
    status: { type: 'integer' },
    message: { type: 'string', description: 'For people; may change.' },
    data: {
      type: 'object',
      properties: {
        correlationId: { type: 'string' },
        detail: { type: 'string' },
        retryAfterSeconds: { type: 'integer', description: 'With `rate_limited`.' },
        fields: {
          type: 'array',
          description: 'With `invalid_input`.',
          items: {
            type: 'object',
            required: ['path', 'code', 'message'],
            properties: {
              path: { type: 'string' },
              code: { type: 'string' },
              message: { type: 'string' },
            },
          },
        },
      },
    },
  },
}

const bytes: Record<string, OpenAPI.MediaTypeObject> = {
  'application/octet-stream': { schema: { type: 'string', format: 'binary' } as OpenAPI.SchemaObject },
}

/** A version of the API as an OpenAPI 3.1 document, in JSON: generated from the contracts, once, when first asked for. */
export function createReference(
  serverUrl: string,
  version: Version = 'v1',
  limits?: Limits,
): () => Promise<string> {
  let generated: Promise<string> | null = null
  return () => {
    generated ??= generate(serverUrl, version).then(document =>
      JSON.stringify({ ...document, ...describeLimits(limits), ...described(version) }),
    )
    return generated
  }
}

// Webhooks have no versions of their own; they stand with the first.
const described = (version: Version) => (version === 'v1' ? { webhooks: describeWebhooks() } : {})

type Procedures = Record<string, AnyContractProcedure>

const metaOf = (procedure: AnyContractProcedure) => procedure['~orpc'].meta as unknown as OperationMeta

/** The operations that somebody outside can call, by service. */
function publicOperations(version: Version): Record<string, Procedures> {
  const { contract, files } = versions[version]
  const found: Record<string, Procedures> = {}
  for (const contracts of [contract, files] as unknown as Record<string, Procedures>[]) {
    for (const [service, procedures] of Object.entries(contracts)) {
      const open = Object.entries(procedures).filter(
        ([, procedure]) => metaOf(procedure).access !== 'internal',
      )
      found[service] = { ...found[service], ...Object.fromEntries(open) }
    }
  }
  return found
}

async function generate(serverUrl: string, version: Version): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const everything = publicOperations(version)
  const document = await generator.generate(everything, {
    info: {
      title: 'Azora',
      version: version.slice(1),
      description:
        'Every operation of an Azora installation. Lists are paged by cursor; times are ISO 8601; ids are UUIDs.',
    },
    servers: [{ url: serverUrl }],
    security: [{ bearer: [] }],
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An access token, good for fifteen minutes, or an API key.',
        },
      },
      schemas: { Error: errorSchema as OpenAPI.SchemaObject },
    },
  })
  const notes = notesByRoute(everything)
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      const operation = item?.[method] as Operation | undefined
      if (!operation) continue
      const own = notes.get(`${method} ${path}`)
      Object.assign(operation, own)
      complete(operation, method, own?.['x-azora-raw'] ?? null, own?.['x-azora-shown-once'] ?? false)
    }
  }
  return document
}

function notesByRoute(everything: Record<string, Procedures>) {
  const notes = new Map<string, ReturnType<typeof notesOf>>()
  for (const [service, procedures] of Object.entries(everything)) {
    for (const [name, procedure] of Object.entries(procedures)) {
      const { method = 'POST', path } = procedure['~orpc'].route
      notes.set(`${method.toLowerCase()} ${path}`, notesOf(service, name, procedure))
    }
  }
  return notes
}

function complete(operation: Operation, method: string, raw: Raw | null, shownOnce: boolean): void {
  if (raw === 'upload') describeUpload(operation)
  if (raw === 'download') {
    operation.responses = {
      '200': { description: 'The file, or the range of it asked for.', content: bytes },
    }
  }
  if (raw === 'page') describePage(operation)
  // An upload streams, and is not looked at before it takes effect: a key is not heeded there.
  if (method !== 'get' && raw === null && operation.security === undefined) {
    operation.parameters = [
      ...(operation.parameters ?? []),
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: false,
        schema: { type: 'string', maxLength: 200 },
        description: shownOnce
          ? 'Repeat the call with the same key and it takes effect once. The answer shows a secret, which is not kept: a repetition is refused with `already_done`.'
          : 'Repeat the call with the same key and it takes effect once: a repetition gets the first answer.',
      },
    ]
  }
  operation.responses = {
    ...operation.responses,
    default: {
      description: 'Any failure, by its code.',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    },
  }
}

// A browser is sent on, or a protocol of its own is spoken with a form.
function describePage(operation: Operation): void {
  operation.responses = {
    '200': { description: 'An answer of the protocol.' },
    '303': { description: 'Go on.' },
  }
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
