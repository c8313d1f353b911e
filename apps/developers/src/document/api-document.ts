import type { Access, Deprecation, RateClass, Raw } from '@azora/contracts/operation.ts'
import { useEffect, useState } from 'react'
import type { Schema } from './schema.ts'

/** The description of the API that this installation gives at `/api/<version>/openapi.json`, ready to be shown. */

export const versions = ['v1', 'v2'] as const
export type Version = (typeof versions)[number]

export type Parameter = {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  description?: string
  schema?: Schema
}

export type Operation = {
  /** `service.operation`, also the last part of its address here. */
  name: string
  service: string
  method: string
  path: string
  version: Version
  summary: string
  description: string | null
  parameters: Parameter[]
  /** The schema of a JSON body or of a form; null where there is none or where bytes travel. */
  body: Schema | null
  bodyKind: 'json' | 'form' | 'bytes' | null
  /** What it answers with; of a stream, the schema is that of what each event carries. */
  answers: {
    status: string
    description: string
    schema: Schema | null
    kind: 'json' | 'events' | 'bytes' | 'nothing'
  }[]
  /** It answers with a stream of events. */
  streams: boolean
  access: Access
  /** The offices whose holders may call it, beside the roles. */
  offices: string[]
  scope: string | null
  interactive: boolean
  stepUp: boolean
  /** It answers with a secret, which a repetition does not show again. */
  shownOnce: boolean
  rateClass: RateClass
  raw: Raw | null
  deprecation: Deprecation | null
}

type Allowance = { key: number; person: number; address: number }
type Tier = 'free' | 'pro' | 'enterprise' | 'admin'
export type Limits = { windowSeconds: number; tiers: Record<Tier, Record<RateClass, Allowance>> }

export type Event = { name: string; body: Schema }

export type ApiDocument = { operations: Operation[]; events: Event[]; limits: Limits | null }

type Content = Record<string, { schema?: Schema }>
type Stated = {
  summary?: string
  description?: string
  parameters?: Parameter[]
  requestBody?: { content?: Content }
  responses?: Record<string, { description?: string; content?: Content }>
  'x-azora-operation'?: string
  'x-azora-access'?: Access
  'x-azora-offices'?: string[]
  'x-azora-scope'?: string
  'x-azora-interactive'?: boolean
  'x-azora-step-up'?: boolean
  'x-azora-shown-once'?: boolean
  'x-azora-rate-class'?: RateClass
  'x-azora-raw'?: Raw
  'x-azora-deprecation'?: Deprecation
}
export type OpenApi = {
  paths?: Record<string, Record<string, Stated>>
  webhooks?: Record<string, { post?: Stated }>
  'x-azora-limits'?: Limits
}

const methods = ['get', 'post', 'put', 'patch', 'delete']
const kinds = {
  'application/json': 'json',
  'application/x-www-form-urlencoded': 'form',
  'application/octet-stream': 'bytes',
} as const

/** Puts an OpenAPI document into the form in which it is shown. */
export function readApiDocument(document: OpenApi, version: Version): ApiDocument {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, stated]) =>
    methods.flatMap(method => {
      const one = stated[method]
      return one ? [operationOf(one, method, path, version)] : []
    }),
  )
  const events = Object.entries(document.webhooks ?? {}).map(([name, { post }]) => ({
    name,
    body: post?.requestBody?.content?.['application/json']?.schema ?? {},
  }))
  return { operations, events, limits: document['x-azora-limits'] ?? null }
}

function operationOf(stated: Stated, method: string, path: string, version: Version): Operation {
  const name = stated['x-azora-operation'] ?? `${method} ${path}`
  const content = Object.entries(stated.requestBody?.content ?? {})[0]
  const bodyKind = content ? (kinds[content[0] as keyof typeof kinds] ?? 'bytes') : null
  const answers = Object.entries(stated.responses ?? {})
    .filter(([status]) => status !== 'default')
    .map(([status, { description = '', content }]) => ({ status, description, ...answerOf(content) }))
  return {
    name,
    service: name.split('.')[0] ?? '',
    method: method.toUpperCase(),
    path,
    version,
    summary: stated.summary ?? '',
    description: stated.description ?? null,
    parameters: stated.parameters ?? [],
    body: bodyKind === 'bytes' ? null : (content?.[1].schema ?? null),
    bodyKind,
    answers,
    streams: answers.some(({ kind }) => kind === 'events'),
    access: stated['x-azora-access'] ?? 'member',
    offices: stated['x-azora-offices'] ?? [],
    scope: stated['x-azora-scope'] ?? null,
    interactive: stated['x-azora-interactive'] ?? false,
    stepUp: stated['x-azora-step-up'] ?? false,
    shownOnce: stated['x-azora-shown-once'] ?? false,
    rateClass: stated['x-azora-rate-class'] ?? 'general',
    raw: stated['x-azora-raw'] ?? null,
    deprecation: stated['x-azora-deprecation'] ?? null,
  }
}

function answerOf(content: Content | undefined): Pick<Operation['answers'][number], 'schema' | 'kind'> {
  if (!content) return { schema: null, kind: 'nothing' }
  const json = content['application/json']
  if (json) return { schema: json.schema ?? null, kind: 'json' }
  const events = content['text/event-stream']?.schema
  if (!events) return { schema: null, kind: 'bytes' }
  const told = (events.oneOf ?? []).find(({ properties }) => properties?.event?.const === 'message')
  return { schema: told?.properties?.data ?? null, kind: 'events' }
}

const read = new Map<Version, Promise<ApiDocument>>()

/** The document of a version, fetched once. Rejects when the API does not answer with it. */
function fetchApiDocument(version: Version): Promise<ApiDocument> {
  const known = read.get(version)
  if (known) return known
  const reading = fetch(`/api/${version}/openapi.json`).then(async answer => {
    if (!answer.ok) throw new Error(`The description of the API was answered with ${answer.status}.`)
    return readApiDocument((await answer.json()) as OpenApi, version)
  })
  read.set(version, reading)
  // What failed once is tried again the next time.
  reading.catch(() => read.delete(version))
  return reading
}

/** The document: null while it is read, `failed` when it cannot be. */
export function useApiDocument(version: Version): ApiDocument | 'failed' | null {
  const [found, setFound] = useState<{ version: Version; document: ApiDocument | 'failed' } | null>(null)
  useEffect(() => {
    let gone = false
    const show = (document: ApiDocument | 'failed') => {
      if (!gone) setFound({ version, document })
    }
    fetchApiDocument(version).then(show, () => show('failed'))
    return () => {
      gone = true
    }
  }, [version])
  return found?.version === version ? found.document : null
}
