import { AzoraError, errorOf } from './azora-error.ts'
import { type Credentials, tokenSource } from './credentials.ts'
import { follow, type StreamOptions } from './event-stream.ts'
import { isPassing, pauseMs, type Retry, retryOf } from './retry.ts'
import { wait } from './wait.ts'

export type AzoraOptions = Credentials & {
  /** Where the installation is: `https://school.example`. */
  url: string
  /** Stands in for the global `fetch`. */
  fetch?: typeof fetch
  /** How often and how patiently to try again; `false` for never. */
  retry?: Retry | false
  /** For how long to wait for an answer; 30 seconds unless given. */
  timeoutMs?: number
}

export type CallOptions = {
  signal?: AbortSignal
  /**
   * Under this key a repeated write takes effect once. A write that may be repeated gets a random one unless given;
   * give your own to be safe across restarts of your program.
   */
  idempotencyKey?: string
}

export type UploadOptions = CallOptions & { body: BodyInit; contentType?: string }

/**
 * By service and operation: method and path, `upload` or `download` where bytes travel, `stream` where events come,
 * and `once` for a write that is not to be repeated.
 */
export type Table = Record<string, Record<string, string>>

type Operation = { method: string; path: string; kind: string | undefined }
type Input = Record<string, unknown>
type Given = Partial<UploadOptions> & StreamOptions

/** Callers for a table of operations. Their types are put on by the one who holds the table. */
export function connect(table: Table, options: AzoraOptions): unknown {
  const { origin, pathname, protocol } = new URL(options.url)
  if (protocol !== 'https:' && protocol !== 'http:')
    throw new TypeError('The url must begin with https: or http:.')
  const api = `${origin}${pathname.replace(/\/+$/, '')}/api/v1`
  const send = options.fetch ?? globalThis.fetch.bind(globalThis)
  const tokens = tokenSource(options, api, send)
  const retry = retryOf(options.retry)
  const timeoutMs = options.timeoutMs ?? 30_000

  async function call(operation: Operation, input: Input, given: Given): Promise<unknown> {
    const { kind, method } = operation
    const { address, rest } = placed(api, operation, input)
    const streams = kind === 'stream'
    const accept = streams ? 'text/event-stream' : kind === 'download' ? '*/*' : 'application/json'
    const headers = new Headers({ accept })
    if (given.lastEventId !== undefined) headers.set('last-event-id', given.lastEventId)
    let body: BodyInit | null = null
    if (kind === 'upload') {
      body = given.body ?? null
      headers.set('content-type', given.contentType ?? 'application/octet-stream')
    } else if (method !== 'GET' && Object.keys(rest).length > 0) {
      body = JSON.stringify(rest)
      headers.set('content-type', 'application/json')
    }
    // What reads may be repeated; so may a write that the API knows by its key, which it does for those who signed in.
    let repeatable = method === 'GET'
    if (!repeatable && kind === undefined) {
      headers.set('idempotency-key', given.idempotencyKey ?? crypto.randomUUID())
      repeatable = (await tokens.current()) !== null
    }

    let renewed = false
    for (let attempt = 1; ; attempt++) {
      const token = await tokens.current()
      if (token !== null) headers.set('authorization', `Bearer ${token}`)
      const patience = new AbortController()
      const timer = setTimeout(
        () => patience.abort(new DOMException('No answer in time.', 'TimeoutError')),
        timeoutMs,
      )
      const signal = given.signal ? AbortSignal.any([given.signal, patience.signal]) : patience.signal
      let failure: AzoraError
      try {
        const response = await send(address, { method, headers, body, signal, credentials: 'omit' })
        if (response.ok && streams) return response
        if (response.ok) return kind === 'download' ? response : await read(response)
        failure = await errorOf(response)
      } catch (cause) {
        given.signal?.throwIfAborted()
        failure =
          cause instanceof AzoraError
            ? cause
            : new AzoraError({ code: 'unreachable', status: 0, message: 'No answer came.', cause })
      } finally {
        // A download and a stream are read by the caller, for as long as they like.
        clearTimeout(timer)
      }
      if (failure.status === 401 && !renewed && kind !== 'upload' && tokens.forget()) {
        renewed = true
        continue
      }
      if (attempt >= retry.attempts || !isPassing(failure, { repeatable, kind, attempt })) throw failure
      const pause = pauseMs(failure, attempt, retry)
      if (pause === null) throw failure
      await wait(pause, given.signal)
    }
  }

  const services = Object.entries(table).map(([service, operations]) => {
    const callers = Object.entries(operations).map(([name, text]) => {
      const [method = 'GET', path = '/', kind] = text.split(' ')
      const operation = { method, path, kind }
      const caller = (input: Input = {}, given: Given = {}) => {
        if (kind !== 'stream') return call(operation, input, given)
        const open = (lastEventId: string | undefined) =>
          call(operation, input, { ...given, ...(lastEventId === undefined ? {} : { lastEventId }) })
        return follow(open as (lastEventId?: string) => Promise<Response>, given, retry)
      }
      return [name, caller] as const
    })
    return [service, Object.fromEntries(callers)] as const
  })
  return Object.fromEntries(services)
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    const { status } = response
    throw new AzoraError({ code: 'unexpected', status, message: 'The answer was not JSON.', cause })
  }
}

/** The address of a call, and what of the input did not go into it. */
function placed(
  api: string,
  { method, path, kind }: Operation,
  input: Input,
): { address: string; rest: Input } {
  const rest: Input = { ...input }
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    if (value === undefined || value === null || value === '') throw new TypeError(`${name} is missing.`)
    // A dot segment would lead to another operation.
    if (value === '.' || value === '..') throw new TypeError(`${name} is not a valid name.`)
    return encodeURIComponent(String(value))
  })
  if (method !== 'GET' && kind !== 'upload') return { address: api + filled, rest }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) query.append(name, String(one))
    }
  }
  return { address: `${api}${filled}${query.size > 0 ? `?${query}` : ''}`, rest: {} }
}
