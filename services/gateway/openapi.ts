import { services, type Version, versions } from '@azora/contracts/contract.ts'
import { errorCodes } from '@azora/contracts/errors.ts'
import { describeFields, type Noted } from '@azora/contracts/notes/note.ts'
import type { OperationMeta } from '@azora/contracts/operation.ts'
import type { ServiceName } from '@azora/contracts/service-names.ts'
import type { AnyContractProcedure } from '@orpc/contract'
import { type OpenAPI, OpenAPIGenerator } from '@orpc/openapi'
import { z } from 'zod'
import type { Limits } from './limits.ts'
import { describeBodies, joinPaths } from './openapi-bodies.ts'
import { describeOperation } from './openapi-fields.ts'
import { describeLimits, describeWebhooks, notesOf } from './openapi-notes.ts'
import { createSchemaConverter } from './openapi-schemas.ts'
import { showEvent } from './openapi-streams.ts'

type Operation = OpenAPI.OperationObject

const errorSchema = z.object({
  code: z
    .enum(Object.keys(errorCodes) as [string, ...string[]])
    .meta({ description: 'Stable: match on this.', examples: ['invalid_input'] }),
  status: z
    .number()
    .int()
    .meta({ description: 'The HTTP status, repeated.', examples: [400] }),
  message: z.string().meta({
    description: 'What happened, for people; it may change.',
    examples: [errorCodes.invalid_input.message],
  }),
  data: z
    .object({
      correlationId: z
        .string()
        .meta({
          description: 'Give it to the operator: it finds the request in the logs.',
          examples: ['0198c7a2-0d3e'],
        })
        .optional(),
      reason: z
        .string()
        .meta({ description: 'Why just this was refused: narrower than the code.', examples: ['last_admin'] })
        .optional(),
      values: z
        .record(z.string(), z.union([z.string(), z.number()]))
        .meta({ description: 'What the message speaks of.', examples: [{ most: 20 }] })
        .optional(),
      detail: z
        .string()
        .meta({ description: 'As `reason`, for programs from before it.', examples: ['last_admin'] })
        .optional(),
      storage: z
        .object({
          of: z
            .enum(['school', 'person'])
            .meta({ description: 'Whose storage it is.', examples: ['school'] }),
          usedBytes: z
            .number()
            .int()
            .meta({ description: 'How much was used before, in bytes.', examples: [99_000_000_000] }),
          limitBytes: z
            .number()
            .int()
            .meta({ description: 'How much there may be, in bytes.', examples: [100_000_000_000] }),
        })
        .meta({ description: 'With `storage_quota_reached`: what is used of how much.' })
        .optional(),
      retryAfterSeconds: z
        .number()
        .int()
        .meta({ description: 'With `rate_limited`: when to try again, in seconds.', examples: [30] })
        .optional(),
      fields: z
        .array(
          z.object({
            path: z
              .string()
              .meta({ description: 'Which field it is, with dots between levels.', examples: ['name'] }),
            code: z
              .string()
              .meta({ description: 'A stable name for what is wrong.', examples: ['too_small'] }),
            message: z
              .string()
              .meta({ description: 'What is wrong, for people.', examples: ['Use at least one character.'] }),
            reason: z
              .string()
              .meta({
                description: 'The rule that refused it, where it has a name.',
                examples: ['same_email'],
              })
              .optional(),
            values: z
              .record(z.string(), z.union([z.string(), z.number()]))
              .meta({
                description: 'What the message speaks of.',
                examples: [{ minimum: '1', of: 'string' }],
              })
              .optional(),
          }),
        )
        .meta({ description: 'With `invalid_input`: each field that is wrong.' })
        .optional(),
    })
    .meta({ description: 'More details about the failure.' })
    .optional(),
})

const oauthErrorSchema = z.object({
  error: z
    .enum([
      'invalid_request',
      'invalid_client',
      'invalid_scope',
      'unsupported_grant_type',
      'temporarily_unavailable',
    ])
    .meta({ description: 'Stable: one of the codes of RFC 6749, 5.2.' }),
  error_description: z
    .string()
    .meta({ description: 'What happened, for people.', examples: ['grant_type is missing.'] })
    .optional(),
})

const componentOf = (schema: z.ZodType) => {
  const { $schema: _, ...component } = z.toJSONSchema(schema, { io: 'input' })
  describeFields(component as Noted, { service: '', operation: '', parent: null })
  return component as OpenAPI.SchemaObject
}

/** A version of the API as an OpenAPI 3.1 document, in JSON: generated from the contracts, once, when first asked for. Takes long: the gateway has it done in a thread. */
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

/** The operations that someone outside can call, by service. */
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

/** What a service is. Its operations are listed below its name alone, or every one of them would be there twice. */
function tagOf(service: ServiceName, version: Version): OpenAPI.TagObject {
  const { name, title, about, prefix } = services[service]
  const also = prefix ? ` Also answers below \`/api/${version}/${prefix}\`.` : ''
  return { name, description: `${title}. ${about}${also}` }
}

async function generate(serverUrl: string, version: Version): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [createSchemaConverter()] })
  const everything = publicOperations(version)
  const document = await generator.generate(everything, {
    info: {
      title: 'Azora',
      version: version.slice(1),
      description:
        'Every operation of an Azora installation. Lists are paged by cursor; times are ISO 8601; ids are UUIDs.',
    },
    servers: [{ url: serverUrl }],
    tags: Object.keys(everything).map(name => tagOf(name as ServiceName, version)),
    security: [{ bearer: [] }],
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An access token, valid for fifteen minutes, or an API key.',
        },
      },
      schemas: { Error: componentOf(errorSchema), OAuthError: componentOf(oauthErrorSchema) },
    },
  })
  const notes = notesByRoute(everything)
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      const operation = item?.[method] as Operation | undefined
      if (!operation) continue
      const own = notes.get(`${method} ${path}`)
      if (!own) continue
      Object.assign(operation, own.notes)
      const streams = own.notes['x-azora-stream'] ?? false
      complete(operation, method, own.meta, { streams, shownOnce: own.notes['x-azora-shown-once'] ?? false })
      describeOperation(own.notes['x-azora-operation'], operation)
      if (streams) showEvent(operation)
    }
  }
  document.paths = joinPaths(document.paths as never) as never
  return document
}

function notesByRoute(everything: Record<string, Procedures>) {
  const notes = new Map<string, { notes: ReturnType<typeof notesOf>; meta: OperationMeta }>()
  for (const [service, procedures] of Object.entries(everything)) {
    for (const [name, procedure] of Object.entries(procedures)) {
      const { method = 'POST', path } = procedure['~orpc'].route
      const meta = metaOf(procedure)
      notes.set(`${method.toLowerCase()} ${path}`, { notes: notesOf(service, name, procedure), meta })
    }
  }
  return notes
}

function complete(
  operation: Operation,
  method: string,
  meta: OperationMeta,
  { streams, shownOnce }: { streams: boolean; shownOnce: boolean },
): void {
  describeBodies(operation, meta, streams)
  if (shownOnce) Object.assign(operation, { 'x-azora-shown-once': true })
  // An upload streams, and is not looked at before it takes effect: a key is not heeded there.
  if (method !== 'get' && !meta.raw && !streams && operation.security === undefined) {
    operation.parameters = [
      ...(operation.parameters ?? []),
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: false,
        schema: { type: 'string', maxLength: 200 },
        description: shownOnce
          ? 'Repeat the call with the same key and it takes effect once. The answer shows a secret, which is not kept: a repeated call is refused with `already_done`.'
          : 'Repeat the call with the same key and it takes effect once: a repeated call gets the first answer.',
      },
    ]
  }
}
