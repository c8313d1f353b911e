import type { StreamEnd } from '@azora/contracts/stream.ts'
import { AsyncIteratorClass } from '@orpc/client'
import { AppError } from './errors.ts'

/** Streams of a service that runs in another process, read as those of this one are. */

// Three heartbeats of `event-stream.ts`: one who misses so many is not there any more.
const silenceMs = 45_000

/**
 * Send a request of one part to another. An answer is waited for until it is whole; a stream until it begins, and
 * from then on as long as it says that it is there.
 */
export async function untilAnswered(request: Request, timeoutMs: number): Promise<Response> {
  const patience = new AbortController()
  const lose = () => patience.abort(new DOMException('No answer came in time.', 'TimeoutError'))
  const timer = setTimeout(lose, timeoutMs).unref()
  const answer = await fetch(request, { signal: AbortSignal.any([request.signal, patience.signal]) })
  if (!answer.body || !answer.headers.get('content-type')?.startsWith('text/event-stream')) return answer
  clearTimeout(timer)
  return new Response(heard(answer.body, lose), answer)
}

/** The same bytes, and `lose` when none come. */
function heard(body: ReadableStream<Uint8Array>, lose: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream({
    async pull(controller) {
      const timer = setTimeout(lose, silenceMs).unref()
      try {
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      } finally {
        clearTimeout(timer)
      }
    },
    cancel: reason => reader.cancel(reason),
  })
}

export function isIterator(answer: unknown): answer is AsyncIteratorObject<unknown, unknown, void> {
  return typeof (answer as AsyncIterable<unknown> | null)?.[Symbol.asyncIterator] === 'function'
}

/** A stream over the network that fails as one in this process does; one that was cut off is not taken for whole. */
export function streamAlike(
  events: AsyncIteratorObject<unknown, unknown, void>,
  refusal: (failure: unknown) => unknown,
): AsyncIteratorObject<unknown, StreamEnd, void> {
  return new AsyncIteratorClass<unknown, StreamEnd, void>(
    async () => {
      const step = await events.next().catch(failure => {
        throw refusal(failure)
      })
      if (!step.done) return step
      if (!step.value) throw new AppError('unavailable')
      return { done: true, value: step.value as StreamEnd }
    },
    async () => {
      await events.return?.()
    },
  )
}
