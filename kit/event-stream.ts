import type { ErrorBody } from '@azora/contracts/errors.ts'
import { encodeEventMessage } from '@orpc/standard-server'
import type { Request, Response } from 'express'
import { tellFailure } from './answer-failure.ts'
import { AppError, errorBody } from './errors.ts'
import type { Logger } from './log.ts'
import type { OpenStream } from './streams.ts'

/**
 * Writes a stream of events as `text/event-stream` (HTML, 9.2), in the encoding that `contracts/stream.ts` describes.
 * A reader that is slow is waited for: the handler is asked for nothing more until the line has taken what was
 * written, so a stream never holds more than its reader has asked for, and one event.
 */
const eventStreamSettings = {
  /**
   * How often a quiet stream says that it is there: proxies often give up a connection that is silent for a minute
   * (nginx: `proxy_read_timeout`), some of them sooner.
   */
  heartbeatMs: 15_000,
  /** What a handler throws within this time is answered as any other failure; then the answer begins. */
  beginMs: 250,
  /** A reader that takes nothing for so long has left, though nobody said so. It can resume. */
  stallMs: 60_000,
}

const head = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // Nothing on the way is to keep it, to compress it (RFC 9111, 5.2.2.6), or to hold it back (nginx).
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
}

/** How long a browser's own EventSource waits before it opens the stream again: those that end together spread. */
const retryMs = ({ data }: ErrorBody) => Math.round(((data?.retryAfterSeconds ?? 1) + Math.random()) * 1000)

/**
 * Answer a request with a stream. Settles when the answer has begun; what follows ends by itself.
 * @throws what the stream throws before its answer begins.
 */
export async function sendEvents(
  req: Request,
  res: Response,
  stream: OpenStream,
  log: Logger,
  settings = eventStreamSettings,
): Promise<void> {
  // Its reader left while it was opened, and nothing will say so again.
  if (res.destroyed) return stream.close()
  const leave = () => stream.close()
  res.once('close', leave)
  const first = stream.next()
  try {
    await settledWithin(first, settings.beginMs)
  } catch (failure) {
    res.off('close', leave)
    throw failure
  }
  res.writeHead(200, head)
  if (req.method === 'HEAD') {
    stream.close()
    res.end()
    return
  }
  // The first bytes tell the reader that nothing on the way holds them back.
  res.write(': open\n\n')
  void writeAll(req, res, stream, { first, log, settings })
}

async function writeAll(
  req: Request,
  res: Response,
  stream: OpenStream,
  {
    first,
    log,
    settings,
  }: { first: ReturnType<OpenStream['next']>; log: Logger; settings: typeof eventStreamSettings },
): Promise<void> {
  const beat = setInterval(() => {
    // To a reader that takes nothing, each would be kept here.
    if (!res.writableNeedDrain) res.write(': \n\n')
  }, settings.heartbeatMs)
  try {
    for (let coming = first; ; coming = stream.next()) {
      const step = await coming
      if (res.destroyed) return
      if (step.done) {
        res.write(encodeEventMessage({ event: 'done', data: '{"complete":true}' }))
        return
      }
      const { id, data } = step
      const message = encodeEventMessage({ event: 'message', id, data: JSON.stringify(data) })
      if (!res.write(message) && !(await drained(res, settings.stallMs))) {
        res.destroy()
        return
      }
      beat.refresh()
    }
  } catch (failure) {
    if (res.destroyed) return
    // That a stream has to end is nobody's fault and no line in the log; a bug is.
    res.write(failure instanceof AppError ? failureEvent(failure) : asEvent(tellFailure(req, failure, log)))
  } finally {
    clearInterval(beat)
    stream.close()
    res.end()
  }
}

/** An expected failure as the last event of a stream: what it ends with when there is more to tell. */
export function failureEvent(failure: AppError): string {
  return asEvent(errorBody(failure))
}

const asEvent = (body: ErrorBody) =>
  encodeEventMessage({ event: 'error', retry: retryMs(body), data: JSON.stringify(body) })

/** Until a promise is settled, or the time is over. @throws what it is rejected with. */
function settledWithin(promise: Promise<unknown>, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    promise.then(
      () => {
        clearTimeout(timer)
        resolve()
      },
      failure => {
        clearTimeout(timer)
        reject(failure)
      },
    )
  })
}

/** Whether the line took what was written; false when the reader left or takes nothing any more. */
function drained(res: Response, ms: number): Promise<boolean> {
  return new Promise(resolve => {
    const settle = (room: boolean) => {
      clearTimeout(timer)
      res.off('drain', onDrain)
      res.off('close', onClose)
      resolve(room)
    }
    const onDrain = () => settle(true)
    const onClose = () => settle(false)
    const timer = setTimeout(onClose, ms)
    res.once('drain', onDrain)
    res.once('close', onClose)
  })
}
