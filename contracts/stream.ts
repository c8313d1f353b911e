import { eventIterator, type Schema } from '@orpc/contract'
import { z } from 'zod'

/**
 * An operation whose answer is a stream of events: `output(stream(event))`. Over HTTP it is `text/event-stream` as
 * HTML describes it ("server-sent events"), in the encoding of oRPC, so that typed clients iterate over it:
 *
 * - `event: message` carries an event of the contract, with an `id` where the stream can be resumed after it;
 * - `event: done` ends a stream that has told everything;
 * - `event: error` carries a failure in the shape of any other, and ends a stream that has more to tell: anyone who
 *   still wants it opens it again with `Last-Event-ID`.
 *
 * A stream that ends with neither was cut off.
 */
export function stream<In, Out>(event: z.ZodType<Out, In>): StreamSchema<In, Out> {
  return Object.assign(eventIterator(event, streamEnd), { event })
}

const streamEnd = z.object({ complete: z.literal(true) })

/** What `event: done` carries. */
export type StreamEnd = z.output<typeof streamEnd>

export type StreamSchema<In, Out> = Schema<
  AsyncIteratorObject<In, StreamEnd, void>,
  AsyncIteratorObject<Out, StreamEnd, void>
> & { readonly event: z.ZodType<Out, In> }

/** Whether an operation with this output answers with a stream. */
export function isStream(output: unknown): output is StreamSchema<unknown, unknown> {
  return typeof output === 'object' && output !== null && 'event' in output
}

/** The shape of an operation's answer, or of each event where it is a stream. */
export function answerOf(output: unknown): z.ZodType | null {
  if (isStream(output)) return output.event
  return (output as z.ZodType | undefined) ?? null
}
