import { AzoraError } from './azora-error.ts'
import { pauseMs, type Retry } from './retry.ts'
import { wait } from './wait.ts'

/** One event of a stream. With an `id`, a stream that was left can be resumed after it. */
export type StreamEvent<T> = { id: string | undefined; data: T }

export type StreamOptions = {
  signal?: AbortSignal
  /** Resume after this event instead of beginning anew. */
  lastEventId?: string
}

type Message = { event: string; id: string | undefined; data: string }
type Failure = ConstructorParameters<typeof AzoraError>[0] & { data?: Partial<AzoraError> }

// A stream that is quiet says every 15 seconds that it is there.
const silenceMs = 45_000

/**
 * The events of a stream until it is complete. One that breaks off, or is ended because the server restarts or a
 * token has run out, is opened again after the last event.
 * @param open sends the request; its retries are its own.
 */
export async function* follow(
  open: (lastEventId: string | undefined) => Promise<Response>,
  { signal, lastEventId }: StreamOptions,
  retry: Required<Retry>,
): AsyncGenerator<StreamEvent<unknown>, void, void> {
  let last = lastEventId
  for (let attempt = 1; ; attempt++) {
    const response = await open(last)
    let failure = new AzoraError({ code: 'unreachable', status: 0, message: 'The stream broke off.' })
    try {
      for await (const { event, id, data } of messagesOf(response, signal)) {
        if (event === 'done') return
        if (event === 'error') throw failureOf(data)
        attempt = 1
        last = id ?? last
        yield { id, data: JSON.parse(data) }
      }
    } catch (cause) {
      signal?.throwIfAborted()
      if (cause instanceof AzoraError) failure = cause
      else failure.cause = cause
    }
    const pause = mayContinue(failure) && attempt < retry.attempts ? pauseMs(failure, attempt, retry) : null
    if (pause === null) throw failure
    await wait(pause, signal)
  }
}

// Whether it may be opened again is then told by the answer to that.
const mayContinue = ({ status }: AzoraError) => status === 0 || status === 401 || status === 503

function failureOf(text: string): AzoraError {
  const { data, ...failure } = JSON.parse(text) as Failure
  return new AzoraError({ ...data, ...failure })
}

/** The messages of `text/event-stream` (HTML, 9.2.6) as they come; comments are for the line alone. */
async function* messagesOf(
  response: Response,
  signal: AbortSignal | undefined,
): AsyncGenerator<Message, void, void> {
  if (!response.body) return
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let held = ''
  try {
    for (;;) {
      const { done, value } = await within(reader.read(), silenceMs, signal)
      if (done) return
      held += value
      const parts = held.split(/\r\n\r\n|\n\n|\r\r/)
      held = parts.pop() ?? ''
      for (const part of parts) {
        const message = messageOf(part)
        if (message) yield message
      }
    }
  } finally {
    // It is left, or has already ended: either way nobody is there to be told how that went.
    await reader.cancel().catch(() => undefined)
  }
}

function messageOf(part: string): Message | null {
  const fields = new Map<string, string>()
  for (const line of part.split(/\r\n|\n|\r/)) {
    const [, name = '', value = ''] = /^([^:]+)(?:: ?(.*))?$/.exec(line) ?? []
    if (name) fields.set(name, name === 'data' && fields.has(name) ? `${fields.get(name)}\n${value}` : value)
  }
  const data = fields.get('data')
  if (data === undefined) return null
  return { event: fields.get('event') ?? 'message', id: fields.get('id'), data }
}

function within<T>(promise: Promise<T>, ms: number, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const fail = (reason: unknown) => {
      settle()
      reject(reason)
    }
    const stop = () => fail(signal?.reason)
    const timer = setTimeout(() => fail(new Error('The stream is silent.')), ms)
    const settle = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
    }
    signal?.addEventListener('abort', stop, { once: true })
    promise.then(value => {
      settle()
      resolve(value)
    }, fail)
  })
}
