import { ConnectionLost } from '@azora/web/calls/failures.ts'
import type { BuiltRequest } from './request.ts'

/** An answer of the API as it came, with what it took. */
export type Answer = {
  status: number
  statusText: string
  durationMs: number
  /** The headers that tell a developer something. */
  headers: [name: string, value: string][]
  /** Text as it is; JSON set out over lines; null for bytes. */
  body: string | null
  isJson: boolean
  bytes: number
  /** A stream of events, which is still open and has no body yet. */
  events: ReadableStream<Uint8Array<ArrayBuffer>> | null
}

const shownHeaders = [
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'content-type',
  'cache-control',
  'etag',
  'deprecation',
  'sunset',
  'link',
  'location',
  'x-correlation-id',
]

function csrfToken(): string | null {
  const token = document.cookie.match(/(?:^|; )(?:__Host-)?azora_csrf=([^;]*)/)?.[1]
  return token ? decodeURIComponent(token) : null
}

/**
 * Sends a request and reads the answer, whatever its status. With a key no cookie travels, so the key alone is what
 * counts; without one the session is used.
 * @param signal ends a stream that is still open.
 * @throws ConnectionLost when no answer came.
 */
export async function send(
  request: BuiltRequest,
  key: string | null,
  file: File | null,
  signal?: AbortSignal,
): Promise<Answer> {
  const headers = new Headers(request.headers)
  if (key) headers.set('authorization', `Bearer ${key}`)
  const csrf = key ? null : csrfToken()
  if (csrf) headers.set('x-azora-csrf', csrf)
  if (file) headers.set('content-type', file.type || 'application/octet-stream')
  const began = performance.now()
  const answer = await fetch(request.path, {
    method: request.method,
    headers,
    body: file ?? request.body,
    credentials: key ? 'omit' : 'same-origin',
    cache: 'no-store',
    redirect: 'manual',
    ...(signal && { signal }),
  }).catch((cause: unknown) => {
    throw new ConnectionLost('No answer came.', { cause })
  })
  const type = answer.headers.get('content-type') ?? ''
  const events = type.startsWith('text/event-stream') ? answer.body : null
  const received = events ? new ArrayBuffer() : await answer.arrayBuffer()
  const isJson = /json/.test(type)
  const isText = isJson || /^text\//.test(type)
  return {
    status: answer.status,
    statusText: answer.statusText,
    durationMs: Math.round(performance.now() - began),
    headers: shownHeaders.flatMap((name): [string, string][] => {
      const value = answer.headers.get(name)
      return value === null ? [] : [[name, value]]
    }),
    body: isText ? laidOut(new TextDecoder().decode(received), isJson) : null,
    isJson,
    bytes: received.byteLength,
    events,
  }
}

/** JSON set out over lines; anything else as it is. */
export function laidOut(text: string, isJson: boolean): string {
  if (!isJson) return text
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
