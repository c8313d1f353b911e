import type { contract, fileContract } from '@azora/contracts/contract.ts'
import type { ErrorBody, ErrorCode, ErrorData } from '@azora/contracts/errors.ts'
import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
import { type BrowserOperation, routes } from './routes.ts'

type Inputs = InferContractRouterInputs<typeof contract>
type Outputs = InferContractRouterOutputs<typeof contract>
type FileInputs = InferContractRouterInputs<typeof fileContract>
type FileOutputs = InferContractRouterOutputs<typeof fileContract>

type At<Tree, Name> = Name extends `${infer Service}.${infer Operation}`
  ? Service extends keyof Tree
    ? Operation extends keyof Tree[Service]
      ? Tree[Service][Operation]
      : never
    : never
  : never

/** What an operation takes, as the browser sends it. */
export type InputOf<O extends BrowserOperation> = At<Inputs, O>
/** What an operation answers. */
export type OutputOf<O extends BrowserOperation> = At<Outputs, O>

/** A refusal by the API; `data.fields` names the fields of an `invalid_input`. */
export class ApiError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly data: ErrorData
  constructor(body: ErrorBody) {
    super(body.message)
    this.code = body.code
    this.status = body.status
    this.data = body.data ?? {}
  }
}

/** No answer came: the line is down, or the server cannot be reached. What was sent may have arrived. */
export class ConnectionLost extends Error {}

const base = '/api/v1'

/**
 * Calls an operation from the browser. Throws ApiError when it is refused and ConnectionLost when no answer comes.
 * A session whose access cookie has run out is refreshed once, unseen.
 */
export async function call<O extends BrowserOperation>(
  operation: O,
  input: InputOf<O>,
  options: { signal?: AbortSignal; keepalive?: boolean } = {},
): Promise<OutputOf<O>> {
  const [method, template] = routes[operation]
  const rest: Record<string, unknown> = { ...(input as Record<string, unknown>) }
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  })
  const bodyless = method === 'GET' || method === 'DELETE'
  const query = bodyless ? queryOf(rest) : ''
  const send = () =>
    exchange(`${base}${path}${query}`, {
      method,
      ...options,
      ...(bodyless ? {} : { body: JSON.stringify(rest) }),
      headers: bodyless ? csrfHeader() : { 'content-type': 'application/json', ...csrfHeader() },
    })
  let answer = await send()
  const renewable = answer.status === 401 && !operation.startsWith('auth.log') && operation !== 'auth.refresh'
  if (renewable && (await refreshSession())) answer = await send()
  if (!answer.ok) throw await refusal(answer)
  return (await answer.json()) as OutputOf<O>
}

const uploads = {
  importCartridge: '/education/imports',
  uploadFile: '/education/courses/{courseId}/files',
} as const

/** Sends a file, telling how much of it has gone (0 to 1). Fails as `call` does. */
export async function upload<K extends keyof typeof uploads>(
  operation: K,
  input: FileInputs['education'][K],
  file: File,
  onProgress: (part: number) => void = () => undefined,
): Promise<FileOutputs['education'][K]> {
  const rest: Record<string, unknown> = { ...(input as Record<string, unknown>) }
  const path = uploads[operation].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  })
  const send = () => transmit(`${base}${path}${queryOf(rest)}`, file, onProgress)
  let answer = await send()
  if (answer.status === 401 && (await refreshSession())) answer = await send()
  if (!answer.ok) throw await refusal(answer)
  return await answer.json()
}

// XMLHttpRequest, because fetch cannot tell how much of a body has been sent.
function transmit(url: string, file: File, onProgress: (part: number) => void): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('content-type', file.type || 'application/octet-stream')
    for (const [name, value] of Object.entries(csrfHeader())) request.setRequestHeader(name, value)
    request.upload.onprogress = event => onProgress(event.total ? event.loaded / event.total : 0)
    request.onload = () => resolve(new Response(request.responseText, { status: request.status }))
    request.onerror = () => reject(new ConnectionLost())
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
  if (typeof (body as ErrorBody | null)?.code === 'string') return new ApiError(body as ErrorBody)
  // Something before the API answered, such as a proxy: say only what is known.
  return new ApiError({
    code: answer.status === 503 ? 'unavailable' : 'internal',
    status: answer.status,
    message: answer.statusText,
  })
}

let refreshing: Promise<boolean> | null = null

/** Exchanges the refresh cookie for a new session; calls at the same time share one exchange. */
function refreshSession(): Promise<boolean> {
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

function csrfHeader(): Record<string, string> {
  const token = document.cookie.match(/(?:^|; )azora_csrf=([^;]*)/)?.[1]
  return token ? { 'x-azora-csrf': decodeURIComponent(token) } : {}
}

function queryOf(input: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input)) if (value !== undefined) query.set(name, String(value))
  const text = query.toString()
  return text ? `?${text}` : ''
}
