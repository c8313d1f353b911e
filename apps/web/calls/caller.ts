import type { ErrorBody } from '@azora/contracts/errors.ts'
import { translated } from './failure-texts.ts'
import { ApiError, ConnectionLost } from './failures.ts'
import type {
  FileInputOf,
  FileOperation,
  FileOutputOf,
  InputOf,
  Operation,
  OutputOf,
  Route,
} from './operations.ts'

const base = '/api/v1'

/**
 * Calls an operation from the browser. Throws ApiError when it is refused and ConnectionLost when no answer comes.
 * A session whose access cookie has run out is refreshed once, unseen.
 */
export type Call<O extends Operation> = <N extends O>(
  operation: N,
  input: InputOf<N>,
  /** @param options.idempotencyKey under which a repeated call gets the first answer */
  options?: { signal?: AbortSignal; keepalive?: boolean; idempotencyKey?: string },
) => Promise<OutputOf<N>>

/** Opens a stream of events, after the last one that is known. Fails as a Call does; `follow.ts` reads it. */
export type Open<O extends Operation> = <N extends O>(
  operation: N,
  input: InputOf<N>,
  options: { signal: AbortSignal; lastEventId?: string },
) => Promise<Response>

/** Sends a file, telling how much of it has gone (0 to 1). Fails as a Call does. */
type Upload<F extends FileOperation> = <N extends F>(
  operation: N,
  input: FileInputOf<N>,
  file: File,
  onProgress?: (part: number) => void,
  signal?: AbortSignal,
) => Promise<FileOutputOf<N>>

type CallerOptions<O extends Operation, F extends FileOperation> = {
  /** Method and path of the operations that the application calls, without the weight of the contracts. */
  routes: Readonly<Record<O, Route>>
  /** The paths of operations that take a file. */
  uploads?: Readonly<Record<F, string>>
  /**
   * Asks the person who sits there to prove who they are, when the API answers `step_up_required`; true when they did.
   * The call is then repeated once.
   */
  confirm?: () => Promise<boolean>
}

/** The calls of one application. */
export function createCaller<O extends Operation, F extends FileOperation = never>(
  options: CallerOptions<O, F>,
): { call: Call<O>; open: Open<O>; upload: Upload<F> } {
  const { routes, uploads, confirm } = options
  let confirming: Promise<boolean> | null = null

  // Calls that are held back at the same time share one dialog.
  function confirmed(ask: () => Promise<boolean>): Promise<boolean> {
    confirming ??= ask().finally(() => {
      confirming = null
    })
    return confirming
  }

  /** Sends; after a refresh or a proof of oneself once more each. */
  async function settle(send: () => Promise<Response>, renewable: boolean): Promise<Response> {
    let answer = await send()
    if (answer.ok) return answer
    let fault = await refusal(answer)
    if (renewable && isSpent(fault) && (await refreshSession())) {
      answer = await send()
      if (answer.ok) return answer
      fault = await refusal(answer)
    }
    if (fault.code === 'step_up_required' && confirm && (await confirmed(confirm))) {
      answer = await send()
      if (answer.ok) return answer
      fault = await refusal(answer)
    }
    throw fault
  }

  function request<N extends O>(
    operation: N,
    input: InputOf<N>,
    options: RequestInit,
    more: Record<string, string> = {},
  ): Promise<Response> {
    const [method, template] = routes[operation]
    const { path, rest } = filled(template, input)
    const bodyless = method === 'GET' || method === 'DELETE'
    const query = bodyless ? queryOf(rest) : ''
    const send = () =>
      exchange(`${base}${path}${query}`, {
        method,
        ...options,
        ...(bodyless ? {} : { body: JSON.stringify(rest) }),
        headers: { ...(bodyless ? {} : { 'content-type': 'application/json' }), ...csrfHeader(), ...more },
      })
    return settle(send, operation !== 'auth.refresh')
  }

  const call: Call<O> = async (operation, input, { idempotencyKey, ...options } = {}) => {
    const more: Record<string, string> = idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}
    return await whole(await request(operation, input, options, more))
  }

  const open: Open<O> = (operation, input, { signal, lastEventId }) =>
    request(operation, input, { signal }, lastEventId ? { 'last-event-id': lastEventId } : {})

  const upload: Upload<F> = async (operation, input, file, onProgress = () => undefined, signal) => {
    const template = uploads?.[operation]
    if (template === undefined) throw new Error(`${operation} is not among the uploads.`)
    const { path, rest } = filled(template, input)
    const url = `${base}${path}${queryOf(rest)}`
    return await whole(await settle(() => transmit(url, file, onProgress, signal), true))
  }

  return { call, open, upload }
}

// A page of something in between, such as a school's sign-in to its network, is no answer either.
async function whole<T>(answer: Response): Promise<T> {
  try {
    return (await answer.json()) as T
  } catch (cause) {
    throw new ConnectionLost('The answer did not come whole.', { cause })
  }
}

/** A path with its parts put in, and what of the input is left. */
function filled(template: string, input: unknown): { path: string; rest: Record<string, unknown> } {
  const rest: Record<string, unknown> = { ...(input as Record<string, unknown>) }
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  })
  return { path, rest }
}

/** A line on which nothing has moved for so long is taken to be down; how long the whole takes does not matter. */
const stallMs = 60_000

// XMLHttpRequest, because fetch cannot tell how much of a body has been sent.
function transmit(
  url: string,
  file: File,
  onProgress: (part: number) => void,
  signal?: AbortSignal,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('content-type', file.type || 'application/octet-stream')
    for (const [name, value] of Object.entries(csrfHeader())) request.setRequestHeader(name, value)
    let stall: ReturnType<typeof setTimeout> | undefined
    const stop = () => request.abort()
    const moved = () => {
      clearTimeout(stall)
      stall = setTimeout(stop, stallMs)
    }
    request.upload.onprogress = event => {
      moved()
      onProgress(event.total ? event.loaded / event.total : 0)
    }
    request.onloadend = () => {
      clearTimeout(stall)
      signal?.removeEventListener('abort', stop)
    }
    request.onabort = () => reject(new ConnectionLost())
    signal?.addEventListener('abort', stop)
    request.onload = () => resolve(new Response(request.responseText, { status: request.status }))
    request.onerror = () => reject(new ConnectionLost())
    if (signal?.aborted) return reject(new ConnectionLost())
    moved()
    request.send(file)
  })
}

async function exchange(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { credentials: 'same-origin', ...init })
  } catch (cause) {
    throw new ConnectionLost('No answer came.', { cause })
  }
}

async function refusal(answer: Response): Promise<ApiError> {
  const body: unknown = await answer.json().catch(() => null)
  if (typeof (body as ErrorBody | null)?.code === 'string')
    return new ApiError(await translated(body as ErrorBody))
  // Something before the API answered, such as a proxy: say only what is known.
  const code = answer.status === 503 ? 'unavailable' : 'internal'
  return new ApiError(await translated({ code, status: answer.status, message: answer.statusText }))
}

// A wrong password is a 401 too: sent again after a refresh it would count twice against its limit.
const isSpent = (fault: ApiError) => fault.code === 'unauthenticated' || fault.code === 'session_expired'

let refreshing: Promise<boolean> | null = null

/** Exchanges the refresh cookie for a new session; calls at the same time share one exchange. */
export function refreshSession(): Promise<boolean> {
  refreshing ??= exchange(`${base}/auth/refresh`, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json', ...csrfHeader() },
  })
    .then(answer => answer.ok)
    .finally(() => {
      refreshing = null
    })
  return refreshing
}

/** The proof that a page of ours sends a request, for its headers. */
export function csrfHeader(): Record<string, string> {
  const token = document.cookie.match(/(?:^|; )(?:__Host-)?azora_csrf=([^;]*)/)?.[1]
  return token ? { 'x-azora-csrf': decodeURIComponent(token) } : {}
}

function queryOf(input: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input)) if (value !== undefined) query.set(name, String(value))
  const text = query.toString()
  return text ? `?${text}` : ''
}
