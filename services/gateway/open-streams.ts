import type { IncomingMessage, ServerResponse } from 'node:http'
import { correlationId, withCorrelation } from '@azora/kit/context.ts'
import { stoppingFailure } from '@azora/kit/errors.ts'
import { failureEvent } from '@azora/kit/event-stream.ts'

/**
 * Streams of events that pass through this process from another one. When this process stops, its own listeners wait
 * for requests to end, and a stream does not end by itself: it is given the last word here.
 */

export const isEventStream = (contentType: unknown) => String(contentType).startsWith('text/event-stream')

type Passing = { answer: IncomingMessage; res: ServerResponse; correlation: string; whole: boolean }

const lineFeed = 10

export function createOpenStreams() {
  const open = new Set<Passing>()
  let stopping = false

  function end({ answer, res, correlation, whole }: Passing): void {
    answer.unpipe(res)
    // In the middle of an event there is nothing to say that would be understood.
    if (whole) {
      res.write(withCorrelation(correlation, () => failureEvent(stoppingFailure())))
    }
    res.end()
  }

  return {
    /** Remember a stream that is being passed on. */
    hold(answer: IncomingMessage, res: ServerResponse): void {
      const passing: Passing = { answer, res, correlation: correlationId(), whole: true }
      open.add(passing)
      res.once('close', () => open.delete(passing))
      let last = lineFeed
      answer.on('data', (chunk: Buffer) => {
        if (chunk.length === 0) return
        const before = chunk.length > 1 ? chunk[chunk.length - 2] : last
        last = chunk[chunk.length - 1] ?? 0
        passing.whole = last === lineFeed && before === lineFeed
      })
      if (stopping) end(passing)
    },
    endAll(): void {
      stopping = true
      for (const passing of open) end(passing)
    },
  }
}
