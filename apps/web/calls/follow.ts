import type { ErrorBody } from '@azora/contracts/errors.ts'
import { EventDecoderStream } from '@orpc/standard-server'
import type { Open } from './caller.ts'
import { ApiError, ConnectionLost } from './failures.ts'
import type { EventOf, InputOf, Operation } from './operations.ts'

// What stands between may hold a stream back until it is whole: the first bytes are sent at once, and then some come
// every 15 seconds, whether something happens or not.
const firstMs = 5_000
const silenceMs = 40_000
const mostAttempts = 3
const pauseMs = 1_000

type Message = { event?: string | undefined; id?: string | undefined; data?: string | undefined }

/**
 * Follows an operation whose answer is a stream of events until it is complete. A stream that breaks off is opened
 * again after the last event. Rejects when it is refused, when it cannot be opened three times in a row, and when
 * something on the way holds it back: anyone who needs the news then asks for it now and then. Aborting `signal` leaves
 * nothing behind.
 */
export async function follow<O extends Operation, N extends O>(
  open: Open<O>,
  operation: N,
  input: InputOf<N>,
  { signal, onEvent }: { signal: AbortSignal; onEvent(event: EventOf<N>): void },
): Promise<void> {
  let lastEventId: string | undefined
  for (let attempt = 1; ; attempt++) {
    let failure: unknown
    try {
      const answer = await open(operation, input, { signal, ...(lastEventId ? { lastEventId } : {}) })
      for await (const { event, id, data } of messagesOf(answer, signal)) {
        if (event === 'done') return
        if (event === 'error') throw new ApiError(JSON.parse(data ?? '{}') as ErrorBody)
        if (data === undefined) continue
        // A stream whose events have no ids begins again from its first one: that is no progress.
        if (id !== undefined) attempt = 1
        lastEventId = id ?? lastEventId
        onEvent(JSON.parse(data) as EventOf<N>)
      }
      failure = new ConnectionLost('The stream broke off.')
    } catch (caught) {
      signal.throwIfAborted()
      failure = caught
    }
    if (attempt >= mostAttempts || !mayContinue(failure)) throw failure
    await pause(pauseMs * attempt, signal)
  }
}

// Whether a session that has to be refreshed still is one is told by the answer to the next opening.
const mayContinue = (failure: unknown) =>
  failure instanceof ConnectionLost ||
  (failure instanceof ApiError && (failure.code === 'unavailable' || failure.code === 'unauthenticated'))

async function* messagesOf(answer: Response, signal: AbortSignal): AsyncGenerator<Message, void, void> {
  if (!answer.body || !answer.headers.get('content-type')?.startsWith('text/event-stream'))
    throw new ConnectionLost('The answer is no stream.')
  const reader = answer.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventDecoderStream())
    .getReader()
  try {
    for (let patienceMs = firstMs; ; patienceMs = silenceMs) {
      const { done, value } = await within(patienceMs, reader.read(), signal)
      if (done) return
      yield value
    }
  } catch (failure) {
    signal.throwIfAborted()
    throw failure instanceof ConnectionLost
      ? failure
      : new ConnectionLost('The line broke.', { cause: failure })
  } finally {
    // It has ended or is left: nobody is to be told how that went.
    reader.cancel().catch(() => undefined)
  }
}

function within<T>(ms: number, promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', leave)
    }
    const fail = (failure: unknown) => {
      settle()
      reject(failure)
    }
    const leave = () => fail(signal.reason)
    const timer = setTimeout(() => fail(new ConnectionLost('The stream is silent.')), ms)
    signal.addEventListener('abort', leave)
    promise.then(value => {
      settle()
      resolve(value)
    }, fail)
  })
}

const pause = (ms: number, signal: AbortSignal) =>
  within(ms + pauseMs, new Promise<void>(resolve => setTimeout(resolve, ms)), signal)
