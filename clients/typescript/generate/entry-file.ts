import { type ZodType, z } from 'zod'
import { contract, fileContract } from '../../../contracts/contract.ts'
import { errorCodes } from '../../../contracts/errors.ts'
import { events } from '../../../contracts/events.ts'
import { webhookEvents } from '../../../contracts/integrations.ts'
import { describeFields, type Noted } from '../../../contracts/notes/note.ts'
import type { OperationMeta } from '../../../contracts/operation.ts'
import { scopeOf, scopes } from '../../../contracts/scopes.ts'
import { identifierOf } from '../../../contracts/service.ts'
import { answerOf, isStream } from '../../../contracts/stream.ts'
import { type Schema, typeOf } from './schema-to-type.ts'

/** The package's entry, written from the contracts: a type for every operation, and the table to call them by. */

type Procedure = {
  '~orpc': {
    route: { method?: string; path?: string; summary?: string; description?: string }
    meta: unknown
    inputSchema?: unknown
    outputSchema?: unknown
  }
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)
const comment = (text: string) => `/** ${text.replaceAll('*/', '* /')} */`

function schemaOf(
  schema: unknown,
  io: 'input' | 'output',
  { service, operation }: { service: string; operation: string },
): Schema | null {
  if (!schema) return null
  const found = z.toJSONSchema(schema as ZodType, { io, unrepresentable: 'any' })
  describeFields(found as Noted, { service, operation, parent: null })
  return found as Schema
}

function about(service: string, meta: OperationMeta, route: Procedure['~orpc']['route']): string {
  const notes = [route.summary ?? '', route.description ?? '']
  if (meta.access !== 'public') notes.push(`Scope \`${scopeOf(service, route.method ?? 'POST')}\`.`)
  if (meta.access !== 'public' && meta.access !== 'member') notes.push(`Asks for \`${meta.access}\`.`)
  if (meta.interactive) notes.push('For the access token of a person; refused to keys and clients.')
  return comment(notes.filter(Boolean).join(' '))
}

/** The API remembers no answer of these under an `Idempotency-Key`: some hold secrets (kit/http.ts). */
const isOnce = (meta: OperationMeta, method = 'POST') =>
  method !== 'GET' && (meta.interactive || meta.rateClass === 'sign_in' || meta.access === 'public')

type Written = { types: string[]; method: string; entry: string }

function write(service: string, name: string, { '~orpc': procedure }: Procedure): Written | null {
  const { route } = procedure
  const meta = procedure.meta as OperationMeta
  if (meta.access === 'internal' || meta.raw === 'page') return null
  const stem = capital(identifierOf(service)) + capital(name)
  const input = schemaOf(procedure.inputSchema, 'input', { service, operation: name })
  const output =
    meta.raw === 'download'
      ? null
      : schemaOf(answerOf(procedure.outputSchema), 'output', { service, operation: name })
  const streams = isStream(procedure.outputSchema)
  const types: string[] = []
  let takes = 'input?: Record<string, never>'
  if (input && Object.keys(input.properties ?? {}).length > 0) {
    types.push(`export type ${stem}Input = ${typeOf(input)}`)
    takes = `input${(input.required ?? []).length > 0 ? '' : '?'}: ${stem}Input`
  }
  let answers = meta.raw === 'download' ? 'Response' : 'unknown'
  if (output) {
    const noun = streams ? 'Event' : 'Output'
    types.push(`export type ${stem}${noun} = ${typeOf(output)}`)
    answers = `${stem}${noun}`
  }
  const kind = streams ? 'stream' : (meta.raw ?? (isOnce(meta, route.method) ? 'once' : undefined))
  const options =
    meta.raw === 'upload'
      ? 'options: UploadOptions'
      : `options?: ${streams ? 'StreamOptions' : 'CallOptions'}`
  const returned = streams ? `AsyncGenerator<StreamEvent<${answers}>, void, void>` : `Promise<${answers}>`
  return {
    types,
    method: `  ${about(service, meta, route)}\n  ${name}: (${takes}, ${options}) => ${returned}`,
    entry: `    ${name}: '${[route.method ?? 'POST', route.path, kind].filter(Boolean).join(' ')}',`,
  }
}

/** The text of `azora.ts`. */
export function entryFile(): string {
  const types: string[] = []
  const interfaces: string[] = []
  const table: string[] = []
  for (const [service, operations] of Object.entries(contract)) {
    const files = fileContract[service as keyof typeof fileContract] ?? {}
    const written = Object.entries({ ...operations, ...files } as Record<string, Procedure>)
      .map(([name, procedure]) => write(service, name, procedure))
      .filter(one => one !== null)
    types.push(...written.flatMap(one => one.types))
    interfaces.push(
      `export interface ${capital(identifierOf(service))} {\n${written.map(one => one.method).join('\n')}\n}`,
    )
    table.push(`  ${identifierOf(service)}: {\n${written.map(one => one.entry).join('\n')}\n  },`)
  }
  const messages = webhookEvents.map(name => {
    const data = schemaOf(events[name], 'output', { service: 'integrations', operation: name })
    return `  | { type: '${name}'; timestamp: string; data: ${typeOf(data ?? {})} }`
  })
  return `import { type AzoraOptions, connect } from './connect.ts'
import type { CallOptions, UploadOptions } from './connect.ts'
import type { StreamEvent, StreamOptions } from './event-stream.ts'
import { verifyMessage, type VerifyOptions } from './webhook-signature.ts'

export { AzoraError, type FieldFault } from './azora-error.ts'
export type { AzoraOptions, CallOptions, UploadOptions } from './connect.ts'
export type { StreamEvent, StreamOptions } from './event-stream.ts'
export { pages } from './pages.ts'
export type { Retry } from './retry.ts'
export { type VerifyOptions, WebhookVerificationError } from './webhook-signature.ts'

/** What the API answers when it refuses; \`AzoraError.code\` is one of these, \`unreachable\` or \`unexpected\`. */
export type ErrorCode = ${Object.keys(errorCodes)
    .map(code => `'${code}'`)
    .join(' | ')}

export type Scope = ${scopes.map(scope => `'${scope}'`).join(' | ')}

${types.join('\n\n')}

${interfaces.join('\n\n')}

/** The operations of an installation, by service. */
export interface Azora {
${Object.keys(contract)
  .map(identifierOf)
  .map(name => `  ${name}: ${capital(name)}`)
  .join('\n')}
}

const table = {
${table.join('\n')}
}

/** A client of one installation. It keeps nothing but the access token of an OAuth client. */
export function createAzora(options: AzoraOptions): Azora {
  return connect(table, options) as Azora
}

/** What a webhook is told, by \`type\`. */
export type WebhookEvent =
${messages.join('\n')}
  | { type: 'webhook.test'; timestamp: string; data: { webhookId: string } }

/**
 * Verify a message of a webhook and read it. Give the body exactly as it came; give both secrets while one replaces
 * the other.
 * @throws WebhookVerificationError for a message that is forged, changed or old.
 */
export async function verifyWebhook(
  secret: string | readonly string[],
  headers: Headers | Record<string, string | string[] | undefined>,
  body: string | Uint8Array,
  options?: VerifyOptions,
): Promise<WebhookEvent> {
  return (await verifyMessage(secret, headers, body, options)) as WebhookEvent
}
`
}
