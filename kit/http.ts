import express, { type NextFunction, type Request, type Response, type Router } from 'express'
import { checkAccess } from './access.ts'
import { answerFailure } from './answer-failure.ts'
import { setDeprecation } from './answer-headers.ts'
import type { Database } from './db.ts'
import { sendEvents } from './event-stream.ts'
import type { AnyFileHandler, AnyHandler, AnyStreamHandler, Contract } from './handlers.ts'
import type { Identity } from './identity.ts'
import type { InternalKey } from './internal-key.ts'
import { sendJson, textOnce } from './json-answer.ts'
import { readBody } from './json-body.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { OpenConnections } from './open-connections.ts'
import { type Operation, operationOf, parseInput } from './operation.ts'
import { contextOf, type RequestContext } from './request-context.ts'
import { openOperation, runOperation } from './run-operation.ts'
import { asIterator } from './streams.ts'

/**
 * Hosts a contract on Express: finds the operation, learns who is asking, whether they may, reads the body, and has the
 * operation run (run-operation.ts) and its output sent. Access is decided here from the contract, before the input is
 * looked at, so a handler cannot forget it; ownership of the single row is the handler's own rule.
 */

export type Host = {
  router: Router
  /** Call an operation from within the process, with the same checks as from outside. */
  invoke(operation: string, input: unknown, context: RequestContext, options?: CallOptions): Promise<unknown>
}

/** What a typed client takes beside the input: when to stop, and after which event to resume a stream. */
export type CallOptions = { signal?: AbortSignal; lastEventId?: string }

type HostOptions = {
  service: string
  contract: Contract
  handlers: Record<string, AnyHandler>
  files?: { contract: Contract; handlers: Record<string, AnyFileHandler> }
  identity: Identity
  internalKey: InternalKey | null
  db: Database | null
  /** Where a contract has streams: who holds them. */
  connections?: OpenConnections
  log: Logger
  metrics: Metrics
}

/** Make a contract answerable, by HTTP and from within the process. */
export function hostContract(options: HostOptions): Host {
  const { service, connections, log, metrics } = options
  const router = express.Router({ caseSensitive: true })
  const operations = new Map<string, { operation: Operation; handler: AnyHandler }>()

  const open = (
    operation: Operation,
    handler: AnyHandler,
    raw: unknown,
    context: RequestContext,
    lastEventId: string | undefined,
  ) =>
    openOperation(operation, handler as AnyStreamHandler, raw, context, { connections, metrics, lastEventId })

  function mount(
    operation: Operation,
    work: (context: RequestContext, req: Request, res: Response) => Promise<void>,
  ): void {
    const verb = operation.method as 'get'
    router[verb](operation.path, async (req: Request, res: Response, _next: NextFunction) => {
      const started = performance.now()
      if (operation.meta.deprecation) setDeprecation(res, operation.meta.deprecation)
      try {
        const context = await contextOf(req, res, operation, options)
        checkAccess(operation, context)
        await work(context, req, res)
      } catch (failure) {
        answerFailure(req, res, failure, log)
      }
      metrics.requestSeconds.observe(
        { service, operation: operation.name, status: String(res.statusCode) },
        (performance.now() - started) / 1000,
      )
    })
  }

  for (const [name, procedure] of Object.entries(options.contract)) {
    const operation = operationOf(service, name, procedure)
    const handler = options.handlers[name]
    if (!handler) throw new Error(`${service}.${name} has no handler.`)
    operations.set(name, { operation, handler })
    mount(operation, async (context, req, res) => {
      let raw: unknown = operation.method === 'get' ? { ...req.query, ...req.params } : undefined
      if (raw === undefined) {
        await readBody(req, res)
        raw = { ...req.body, ...req.params }
      }
      if (operation.streams) {
        const stream = await open(operation, handler, raw, context, req.get('last-event-id'))
        return sendEvents(req, res, stream, log)
      }
      const run = () => runOperation(operation, handler, raw, context)
      const text = await textOnce({ operation, raw, context, req }, options, run)
      sendJson(req, res, text, { operation, signedIn: context.actor !== null })
    })
  }

  for (const [name, procedure] of Object.entries(options.files?.contract ?? {})) {
    const operation = operationOf(service, name, procedure)
    const handler = options.files?.handlers[name]
    if (!handler) throw new Error(`${service}.${name} has no handler.`)
    mount(operation, (context, req, res) =>
      handler(parseInput(operation, { ...req.query, ...req.params }), context, req, res),
    )
  }

  return {
    router,
    async invoke(name, input, context, { signal, lastEventId } = {}) {
      const found = operations.get(name)
      if (!found) throw new Error(`${service} has no operation ${name}.`)
      const { operation, handler } = found
      if (!operation.streams) return runOperation(operation, handler, input, context)
      return asIterator(await open(operation, handler, input, context, lastEventId), signal)
    },
  }
}
