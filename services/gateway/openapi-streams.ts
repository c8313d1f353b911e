import { errorCodes } from '@azora/contracts/errors.ts'
import type { OpenAPI } from '@orpc/openapi'

/** How the API's description shows a stream of events: what each kind of event carries, and how it is resumed. */

type Operation = OpenAPI.OperationObject
type Schema = {
  oneOf?: { properties?: Record<string, Schema> }[]
  description?: string
  examples?: unknown[]
}

const mediaType = 'text/event-stream'

const eventOf = (name: string, description: string, fields: Record<string, object>, required: string[]) => ({
  type: 'object',
  description,
  properties: {
    event: { const: name, description: 'The kind of event.', examples: [name] },
    ...fields,
  },
  required: ['event', ...required],
})

const idField = {
  type: 'string',
  description: 'Names the event where the stream can be resumed after it. Send it as `Last-Event-ID`.',
  examples: ['0198c7a2-0d3e'],
}
const retryField = {
  type: 'integer',
  description: 'After how many milliseconds to open the stream again.',
  examples: [1000],
}

const failureField = {
  type: 'object',
  description: 'The failure, in the shape of any other.',
  properties: {
    code: { type: 'string', description: 'Stable: match on this.', examples: ['unavailable'] },
    status: { type: 'integer', description: 'The HTTP status that it would have had.', examples: [503] },
    message: {
      type: 'string',
      description: 'What happened, for people.',
      examples: [errorCodes.unavailable.message],
    },
  },
  required: ['code', 'status', 'message'],
  examples: [{ code: 'unavailable', status: 503, message: errorCodes.unavailable.message }],
}

/** Replaces what the generator says of the answer, which knows neither our end of a stream nor our failures. */
export function describeStream(operation: Operation): void {
  const answer = operation.responses?.['200'] as { content?: Record<string, { schema?: Schema }> } | undefined
  const told = answer?.content?.[mediaType]?.schema?.oneOf?.[0]?.properties?.data
  if (!told) throw new Error(`${operation.operationId} has no events.`)
  const complete = {
    type: 'object',
    description: 'Always the same.',
    properties: { complete: { const: true, description: 'All was told.', examples: [true] } },
    required: ['complete'],
    examples: [{ complete: true }],
  }
  const schema = {
    oneOf: [
      eventOf(
        'message',
        'Something happened.',
        { id: idField, data: { ...told, description: 'What happened, as JSON on one line.' } },
        ['data'],
      ),
      eventOf('done', 'All was told. Do not open the stream again.', { data: complete }, ['data']),
      eventOf(
        'error',
        'The stream had to end, although there is more. With `unavailable` or `unauthenticated`, open it again after the last `id`.',
        { retry: retryField, data: failureField },
        ['data'],
      ),
    ],
  }
  operation.responses = {
    '200': {
      description:
        'Events as they happen (`text/event-stream`), with a comment every 15 seconds while there are none. A stream that ends with neither `done` nor `error` was cut off.',
      content: { [mediaType]: { schema: schema as OpenAPI.SchemaObject } },
    },
  }
  operation.parameters = [
    ...(operation.parameters ?? []),
    {
      name: 'Last-Event-ID',
      in: 'header',
      required: false,
      schema: { type: 'string', maxLength: 200, examples: idField.examples } as never,
      description: 'The `id` of the last event that arrived: the stream continues after it.',
    },
  ]
}

/** An event as it stands on the line, in place of the object that it would be in JSON. */
export function showEvent(operation: Operation): void {
  const answer = operation.responses?.['200'] as
    | { content?: Record<string, { schema?: Schema; example?: unknown }> }
    | undefined
  const media = answer?.content?.[mediaType]
  const [data] = media?.schema?.oneOf?.[0]?.properties?.data?.examples ?? []
  if (media && data !== undefined)
    media.example = `event: message\nid: ${idField.examples[0]}\ndata: ${JSON.stringify(data)}\n\n`
}
