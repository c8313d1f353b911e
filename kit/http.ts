import type { IncomingMessage } from 'node:http'
import type { StreamSchema } from '@azora/contracts/stream.ts'
import type { AnyContractProcedure } from '@orpc/contract'
import express, { type NextFunction, type Request, type Response, type Router } from 'express'
import type { z } from 'zod'
import { checkAccess } from './access.ts'
import { answerFailure } from './answer-failure.ts'
import { etagOf, namesTag, setCaching, setDeprecation } from './answer-headers.ts'
import type { Database } from './db.ts'
import { AppError } from './errors.ts'
import { sendEvents } from './event-stream.ts'
import { once } from './idempotency.ts'
import type { Actor, Identity } from './identity.ts'
import { type InternalKey, internalHeader } from './internal-key.ts'
import { readBody } from './json-body.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { OpenConnections } from './open-connections.ts'
import { type Operation, operationOf, parseInput } from './operation.ts'
import { asIterator, openStream, type StreamEvent, type StreamWish } from './streams.ts'
import { inSpan } from './tracing.ts'

/**
 * Hosts a contract on Express. For each operation: who is asking, may they, is the input right, run the handler,
 * is the output right, answer JSON. Access is decided here from the contract, before the input is looked at, so
 * a handler cannot forget it; ownership of the single row is the handler's own rule.
 */

export type RequestContext = {
  actor: Actor | null
  /** The `Authorization` header, to pass on when another service is called on the actor's behalf. */
  authorization: string | null
  /** The school named by the address, when the visitor has not signed in. */
  school: string | null
  ip: string
  userAgent: string
  /** The call comes from another part of this installation. */
  internal: boolean
  cookie(name: string): string | null
  setCookie(text: string): void
}

/** A call that the system makes on nobody's behalf. */
export const anonymousContext: RequestContext = {
  actor: null,
  authorization: null,
  school: null,
  ip: '',
  userAgent: 'azora',
  internal: true,
  cookie: () => null,
  setCookie() {},
}

type Contract = Record<string, AnyContractProcedure>

/** What the handler of a stream gets. */
export type StreamContext = RequestContext & StreamWish

/**
 * One function per operation: from parsed input to output. Where the output is a stream, it looks whether the caller
 * may read it and gives the events; what it throws until then is an ordinary failure.
 */
export type Handlers<C extends Contract> = {
  [K in keyof C]: Streamed<C[K]> extends never
    ? (input: ParsedInputs<C>[K], context: RequestContext) => Promise<UnparsedOutputs<C>[K]>
    : (
        input: ParsedInputs<C>[K],
        context: StreamContext,
      ) => Promise<AsyncIterable<StreamEvent<Streamed<C[K]>>>>
}

/** An event of an operation whose output is a stream, as its handler gives it; else `never`. */
type Streamed<P> = P extends { '~orpc': { outputSchema?: infer S } }
  ? NonNullable<S> extends StreamSchema<infer In, unknown>
    ? In
    : never
  : never

// A handler sees its input after parsing, and returns its output before it.
type ParsedInputs<C extends Contract> = {
  [K in keyof C]: C[K] extends { '~orpc': { inputSchema?: infer S } }
    ? NonNullable<S> extends z.ZodType
      ? z.output<NonNullable<S>>
      : unknown
    : never
}
type UnparsedOutputs<C extends Contract> = {
  [K in keyof C]: C[K] extends { '~orpc': { outputSchema?: infer S } }
    ? NonNullable<S> extends z.ZodType
      ? z.input<NonNullable<S>>
      : unknown
    : never
}

/** Handlers of operations that stream: they answer the response themselves. */
export type FileHandlers<C extends Contract> = {
  [K in keyof C]: (
    input: ParsedInputs<C>[K],
    context: RequestContext,
    req: Request,
    res: Response,
  ) => Promise<void>
}

type AnyHandler = (input: unknown, context: RequestContext) => Promise<unknown>
type AnyStreamHandler = (
  input: unknown,
  context: StreamContext,
) => Promise<AsyncIterable<StreamEvent<unknown>>>
type AnyFileHandler = (input: unknown, context: RequestContext, req: Request, res: Response) => Promise<void>

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

/** The actor of an operation whose access rule is not `public`. */
export function actorOf(context: RequestContext): Actor {
  if (!context.actor) throw new AppError('unauthenticated')
  return context.actor
}

export function cookieOf(req: IncomingMessage, name: string): string | null {
  for (const part of (req.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at <= 0 || part.slice(0, at).trim() !== name) continue
    const text = part.slice(at + 1).trim()
    try {
      return decodeURIComponent(text)
    } catch {
      // Not percent-encoded by us: someone else's cookie, or a hostile one. It is taken as it stands.
      return text
    }
  }
  return null
}

async function contextOf(
  req: Request,
  res: Response,
  operation: Operation,
  { identity, internalKey }: Pick<HostOptions, 'identity' | 'internalKey'>,
): Promise<RequestContext> {
  const authorization = req.headers.authorization ?? null
  let actor: Actor | null = null
  // A protocol of its own may name its caller in another way, as OAuth clients do.
  if (authorization && !(operation.meta.raw === 'page' && /^basic /i.test(authorization))) {
    const token = /^Bearer ([\w.-]+)$/.exec(authorization)?.[1]
    if (!token) throw new AppError('unauthenticated')
    actor = await identity.verify(token)
  }
  const school = req.headers['x-azora-school']
  return {
    actor,
    authorization,
    school: typeof school === 'string' ? school.slice(0, 80) : null,
    ip: req.ip ?? '',
    userAgent: (req.headers['user-agent'] ?? '').slice(0, 300),
    internal: internalKey?.verify(req.headers[internalHeader]) ?? false,
    cookie: name => cookieOf(req, name),
    setCookie: text => res.append('Set-Cookie', text),
  }
}

/** Whether an idempotency key counts: for the writes of those who are signed in. */
const isRepeatable = ({ method, meta }: Operation) =>
  method !== 'get' && !meta.reads && meta.access !== 'public'

// An id is ours: a cursor, a number, a state. A longer one was never given out.
const longestEventId = 200

/** Make a contract answerable, by HTTP and from within the process. */
export function hostContract(options: HostOptions): Host {
  const { service, db, log, metrics } = options
  const router = express.Router({ caseSensitive: true })
  const operations = new Map<string, { operation: Operation; handler: AnyHandler }>()

  function timed(operation: Operation, started: number, status: number): void {
    metrics.requestSeconds.observe(
      { service, operation: operation.name, status: String(status) },
      (performance.now() - started) / 1000,
    )
  }

  async function run(operation: Operation, handler: AnyHandler, raw: unknown, context: RequestContext) {
    checkAccess(operation, context)
    const output = await inSpan(`${service}.${operation.name}`, { 'azora.service': service }, () =>
      handler(parseInput(operation, raw), context),
    )
    return operation.output ? operation.output.parse(output) : output
  }

  function open(
    operation: Operation,
    handler: AnyStreamHandler,
    raw: unknown,
    context: RequestContext,
    lastEventId?: string,
  ) {
    checkAccess(operation, context)
    const input = parseInput(operation, raw)
    if (!options.connections)
      throw new Error(`${service}.${operation.name} is a stream, and nothing holds it.`)
    return openStream(operation, wish => handler(input, { ...context, ...wish }), {
      actor: context.actor,
      lastEventId: lastEventId?.slice(0, longestEventId) ?? null,
      connections: options.connections,
      metrics,
    })
  }

  function mount(operation: Operation, work: (req: Request, res: Response) => Promise<void>): void {
    const verb = operation.method as 'get'
    router[verb](operation.path, async (req: Request, res: Response, _next: NextFunction) => {
      const started = performance.now()
      if (operation.meta.deprecation) setDeprecation(res, operation.meta.deprecation)
      try {
        await work(req, res)
      } catch (failure) {
        answerFailure(req, res, failure, log)
      }
      timed(operation, started, res.statusCode)
    })
  }

  for (const [name, procedure] of Object.entries(options.contract)) {
    const operation = operationOf(service, name, procedure)
    const handler = options.handlers[name]
    if (!handler) throw new Error(`${service}.${name} has no handler.`)
    operations.set(name, { operation, handler })
    mount(operation, async (req, res) => {
      const context = await contextOf(req, res, operation, options)
      checkAccess(operation, context)
      let raw: unknown = operation.method === 'get' ? { ...req.query, ...req.params } : undefined
      if (raw === undefined) {
        await readBody(req, res)
        raw = { ...req.body, ...req.params }
      }
      if (operation.streams) {
        const lastEventId = req.get('last-event-id')
        return sendEvents(
          req,
          res,
          await open(operation, handler as AnyStreamHandler, raw, context, lastEventId),
          log,
        )
      }
      const key = req.headers['idempotency-key']
      const answer = async () => JSON.stringify(await run(operation, handler, raw, context))
      const text =
        typeof key === 'string' && isRepeatable(operation) && context.actor && db
          ? await once(db, context.actor, { key, operation, raw, internalKey: options.internalKey }, answer)
          : await answer()
      res.setHeader('Content-Type', 'application/json; charset=utf-8')
      setCaching(res, operation.meta, operation.method, context.actor !== null)
      res.statusCode = operation.status
      if (operation.method === 'get') {
        const etag = etagOf(text)
        res.setHeader('ETag', etag)
        if (namesTag(req.headers['if-none-match'], etag)) {
          res.removeHeader('Content-Type')
          res.statusCode = 304
          res.end()
          return
        }
      }
      res.setHeader('Content-Length', Buffer.byteLength(text))
      res.end(text)
    })
  }

  for (const [name, procedure] of Object.entries(options.files?.contract ?? {})) {
    const operation = operationOf(service, name, procedure)
    const handler = options.files?.handlers[name]
    if (!handler) throw new Error(`${service}.${name} has no handler.`)
    mount(operation, async (req, res) => {
      const context = await contextOf(req, res, operation, options)
      checkAccess(operation, context)
      await handler(parseInput(operation, { ...req.query, ...req.params }), context, req, res)
    })
  }

  return {
    router,
    async invoke(name, input, context, { signal, lastEventId } = {}) {
      const found = operations.get(name)
      if (!found) throw new Error(`${service} has no operation ${name}.`)
      const { operation, handler } = found
      if (!operation.streams) return run(operation, handler, input, context)
      return asIterator(
        await open(operation, handler as AnyStreamHandler, input, context, lastEventId),
        signal,
      )
    },
  }
}
