import type { StreamEnd } from '@azora/contracts/stream.ts'
import { AsyncIteratorClass, withEventMeta } from '@orpc/client'
import { correlationId } from './context.ts'
import { AppError, stoppingFailure } from './errors.ts'
import type { Actor } from './identity.ts'
import type { Metrics } from './metrics.ts'
import type { ConnectionEnd, OpenConnections } from './open-connections.ts'
import type { Operation } from './operation.ts'
import { startSpan } from './tracing.ts'

/**
 * Streams of events, no matter who reads them: a browser (`event-stream.ts` writes them), another service over the
 * network, or one in this process. A handler gives an async iterable; it is asked for the next event only when the
 * reader has taken the last one, and never again once the reader has left or may no longer listen.
 */

/** One event of a stream; with an `id`, a reader that lost the stream can resume after it. */
export type StreamEvent<T> = { id?: string; data: T }

/** What a handler of a stream gets beside the context of any request. */
export type StreamWish = {
  /** Aborted when nobody reads any more. What the handler waits for has to end by it. */
  signal: AbortSignal
  /** The `id` of the last event that the reader has; null for one that begins. */
  lastEventId: string | null
}

type Step = { done: true } | { done: false; id: string | undefined; data: unknown }

export type OpenStream = {
  /** The next event, or that there are no more. @throws what the handler throws, or why the stream must end. */
  next(): Promise<Step>
  /** Ends the handler's iteration. What waits in `next` is told that there are no more. */
  close(): void
}

type Ended = 'complete' | 'left' | 'failed' | ConnectionEnd

const failureOf = (why: ConnectionEnd) =>
  why === 'stopping' ? stoppingFailure() : new AppError('unauthenticated')

/**
 * Open a stream: hold its place, let the handler look whether it may be read, and begin.
 * @throws AppError of the handler, `too_many_connections`, `unavailable`.
 */
export async function openStream(
  operation: Operation,
  handler: (wish: StreamWish) => Promise<AsyncIterable<StreamEvent<unknown>>>,
  options: {
    actor: Actor | null
    lastEventId: string | null
    connections: OpenConnections
    metrics: Metrics
  },
): Promise<OpenStream> {
  const { actor, lastEventId, connections, metrics } = options
  const { service, name, output } = operation
  const labels = { service, operation: name }
  const controller = new AbortController()
  let ended: Ended | null = null
  // Set while the reader waits. One promise for the end of it all would keep every event that was raced with it.
  let interrupt: (() => void) | null = null
  let iterator: AsyncIterator<StreamEvent<unknown>> | null = null

  function end(why: Ended): void {
    if (ended) return
    ended = why
    letGo()
    metrics.openStreams.dec(labels)
    metrics.streamsEnded.inc({ ...labels, outcome: why })
    span.end(why === 'failed' ? 'The stream failed.' : null)
    controller.abort(why === 'left' || why === 'complete' ? undefined : new AppError('unavailable'))
    // A handler that is waiting gets this when its wait ends; whatever it throws then, nobody is there to be told.
    iterator?.return?.().catch(() => {})
    interrupt?.()
  }

  const letGo = connections.hold(actor, end)
  const span = startSpan(`${service}.${name}`, {
    'azora.service': service,
    'azora.correlation': correlationId(),
  })
  metrics.openStreams.inc(labels)
  const sent = metrics.streamEvents.labels(labels)

  function outcome(): Step {
    if (ended === 'complete' || ended === 'left') return { done: true }
    throw ended && ended !== 'failed' ? failureOf(ended) : new AppError('unavailable')
  }

  async function advance(
    from: AsyncIterator<StreamEvent<unknown>>,
  ): Promise<IteratorResult<StreamEvent<unknown>> | null> {
    return new Promise((resolve, reject) => {
      interrupt = () => resolve(null)
      from.next().then(resolve, reject)
    })
  }

  try {
    const events = await span.within(() => handler({ signal: controller.signal, lastEventId }))
    iterator = events[Symbol.asyncIterator]()
  } catch (failure) {
    end('failed')
    throw failure
  }
  const from = iterator
  // It may have had to end while the handler was looking.
  if (ended) from.return?.().catch(() => {})
  return {
    async next() {
      if (ended) return outcome()
      try {
        const step = await span.within(() => advance(from))
        if (ended || !step) return outcome()
        if (step.done) {
          end('complete')
          return { done: true }
        }
        const data = output ? output.parse(step.value.data) : step.value.data
        sent.inc()
        return { done: false, id: step.value.id, data }
      } catch (failure) {
        if (ended) return outcome()
        end('failed')
        throw failure
      } finally {
        interrupt = null
      }
    },
    close: () => end('left'),
  }
}

/**
 * A stream for a reader in this process, as a typed client gives one over the network: it yields the data, whose id
 * is found by `getEventMeta` of oRPC where the data is an object, and returns the end.
 * @param signal the reader's own, by which it leaves.
 */
export function asIterator(
  stream: OpenStream,
  signal?: AbortSignal,
): AsyncIteratorClass<unknown, StreamEnd, void> {
  const leave = () => stream.close()
  // A signal that was given while the stream was opened is not given again.
  if (signal?.aborted) leave()
  else signal?.addEventListener('abort', leave, { once: true })
  return new AsyncIteratorClass<unknown, StreamEnd, void>(
    async () => {
      const step = await stream.next()
      signal?.throwIfAborted()
      if (step.done) return { done: true, value: { complete: true } }
      const { id, data } = step
      const named = id !== undefined && typeof data === 'object' && data !== null
      return { done: false, value: named ? withEventMeta(data, { id }) : data }
    },
    async () => {
      signal?.removeEventListener('abort', leave)
      stream.close()
    },
  )
}
