/** One rejected field: its path in the input (dots between names), a stable code and a sentence. */
export type FieldFault = { path: string; code: string; message: string }

type Details = {
  code: string
  status: number
  message: string
  fields?: FieldFault[] | undefined
  correlationId?: string | undefined
  retryAfterSeconds?: number | undefined
  detail?: string | undefined
  cause?: unknown
}

/**
 * A call that did not succeed. `code` is the stable part to match on: one of the API's codes, or `unreachable` when no
 * answer came (`status` 0), or `unexpected` when the answer was none of the API's.
 */
export class AzoraError extends Error {
  readonly code: string
  readonly status: number
  /** With `invalid_input`: what was wrong with which field. */
  readonly fields: FieldFault[]
  /** Names the request in the logs of the installation. */
  readonly correlationId: string | undefined
  readonly retryAfterSeconds: number | undefined
  readonly detail: string | undefined

  constructor({ code, status, message, fields, correlationId, retryAfterSeconds, detail, cause }: Details) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'AzoraError'
    this.code = code
    this.status = status
    this.fields = fields ?? []
    this.correlationId = correlationId
    this.retryAfterSeconds = retryAfterSeconds
    this.detail = detail
  }
}

type Body = {
  code?: unknown
  message?: unknown
  error?: unknown
  error_description?: unknown
  data?: Pick<Details, 'fields' | 'correlationId' | 'retryAfterSeconds' | 'detail'>
}

const textOr = <T>(value: unknown, otherwise: T) => (typeof value === 'string' ? value : otherwise)

/** What an answer that is no success says, in the API's shape or in that of OAuth (RFC 6749, 5.2). */
export async function errorOf(response: Response): Promise<AzoraError> {
  const body = ((await response.json().catch(() => null)) ?? {}) as Body
  const data = body.data ?? {}
  const wait = Number(response.headers.get('retry-after') ?? '')
  const oauth = textOr(body.error, null)
  return new AzoraError({
    ...data,
    code: textOr(body.code, oauth === 'invalid_client' ? 'wrong_credentials' : (oauth ?? 'unexpected')),
    status: response.status,
    message: textOr(body.message, textOr(body.error_description, `The answer was ${response.status}.`)),
    correlationId: data.correlationId ?? response.headers.get('x-correlation-id') ?? undefined,
    retryAfterSeconds: data.retryAfterSeconds ?? (Number.isFinite(wait) && wait > 0 ? wait : undefined),
  })
}
