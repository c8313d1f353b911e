import { correlationId } from '@azora/kit/context.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { type Logger, maskText } from '@azora/kit/log.ts'
import type { Metrics } from '@azora/kit/metrics.ts'
import type { Request, Response } from 'express'
import { isEventStream } from './open-streams.ts'
import type { Usage } from './usage.ts'

/** What the gateway learns of a request on its way. */
export type Visit = {
  /** Without the query, which may hold what a person typed. */
  path: string
  /** Whether it comes from this machine itself. */
  local: boolean
  /** Under which network address it is counted: the visitor's, where the portal asks for one. */
  address: string | null
  actor: Actor | null
  /** `service.operation`, once known. */
  operation: string | null
  /** Whether it is the use of the API by someone who is known. */
  counts: boolean
}

/** Where access lines go: JSON lines, several at a time, each ending in a line feed. */
export type AccessSink = (lines: string) => void

type Entry = {
  method: string
  path: string
  status: number
  ms: number
  bytes: number
  /** An IPv4 address or the /64 of an IPv6 one: visitors are told apart, and no closer than limits do. */
  network?: string
  actorId?: string
  /** Why it was refused or failed: a code of `contracts/errors.ts`. */
  code?: string
}

const heldMs = 200

/**
 * The access log: one entry per request, through the logger or, when a sink is given, as lines written in bulk.
 * A line through the logger costs as much processor time as everything else that the gateway does for a request.
 */
function createAccessLog(log: Logger, sink: AccessSink | undefined): (entry: Entry) => void {
  if (!sink) return entry => log.info('request', entry)
  let held = ''
  const flush = () => {
    sink(held)
    held = ''
  }
  return entry => {
    // The timer is not let go of, so that a process that ends by itself writes its last lines.
    if (held === '') setTimeout(flush, heldMs)
    const time = new Date().toISOString()
    const line = {
      level: 'info',
      message: 'request',
      time,
      service: 'gateway',
      correlationId: correlationId(),
    }
    held += `${JSON.stringify({ ...line, ...entry, path: maskText(entry.path) })}\n`
  }
}

/** Watches a request and records it when its answer has left or the line has dropped. */
export function createRecorder(options: {
  log: Logger
  metrics: Metrics
  usage: Pick<Usage, 'count'>
  accessSink?: AccessSink
}) {
  const { metrics, usage } = options
  const write = createAccessLog(options.log, options.accessSink)
  return (req: Request, res: Response, visit: Visit): void => {
    const started = performance.now()
    const { socket } = req
    const sentBefore = socket.bytesWritten
    res.once('close', () => {
      const ms = performance.now() - started
      // A stream of events is left rather than read to its end, and lasts as long as its reader likes.
      const streamed = isEventStream(res.getHeader('content-type'))
      // 499 is what nginx calls a caller who left before the answer; no answer of ours has it.
      const status = res.writableFinished || streamed ? res.statusCode : 499
      const operation = visit.operation ?? (visit.path.startsWith('/api/') ? 'unmatched' : 'page')
      if (!streamed)
        metrics.requestSeconds.observe({ service: 'gateway', operation, status: String(status) }, ms / 1000)
      if (visit.counts && visit.actor && visit.operation) usage.count(visit.actor, visit.operation, status)
      const code = res.getHeader('x-error-code')
      write({
        method: req.method,
        path: visit.path,
        status,
        ms: Math.round(ms * 10) / 10,
        bytes: socket.bytesWritten - sentBefore,
        ...(visit.address ? { network: visit.address } : {}),
        ...(visit.actor ? { actorId: visit.actor.userId } : {}),
        ...(typeof code === 'string' ? { code } : {}),
      })
    })
  }
}
