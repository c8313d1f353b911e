import type { IncomingMessage } from 'node:http'
import type { OperationMeta } from '@azora/contracts/operation.ts'
import { may } from '@azora/contracts/permissions.ts'
import { scopeOf } from '@azora/contracts/scopes.ts'
import { holdsShownOnce } from '@azora/contracts/shown-once.ts'
import type { AnyContractProcedure } from '@orpc/contract'
import express, { type NextFunction, type Request, type Response, type Router } from 'express'
import type { z } from 'zod'
import { etagOf, namesTag, setCaching, setDeprecation } from './answer-headers.ts'
import type { Database } from './db.ts'
import { drain } from './drain.ts'
import { AppError, errorBody, invalidField, invalidInput } from './errors.ts'
import { once } from './idempotency.ts'
import type { Actor, Identity } from './identity.ts'
import { type InternalKey, internalHeader } from './internal-key.ts'
import { readBody } from './json-body.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'
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

/** One function per operation: from parsed input to output. */
export type Handlers<C extends Contract> = {
  [K in keyof C]: (input: ParsedInputs<C>[K], context: RequestContext) => Promise<UnparsedOutputs<C>[K]>
}

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
type AnyFileHandler = (input: unknown, context: RequestContext, req: Request, res: Response) => Promise<void>

export type Host = {
  router: Router
  /** Call an operation from within the process, with the same checks as from outside. */
  invoke(operation: string, input: unknown, context: RequestContext): Promise<unknown>
}

type HostOptions = {
  service: string
  contract: Contract
  handlers: Record<string, AnyHandler>
  files?: { contract: Contract; handlers: Record<string, AnyFileHandler> }
  identity: Identity
  internalKey: InternalKey | null
  db: Database | null
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
      // Not percent-encoded by us: somebody else's cookie, or a hostile one. It is taken as it stands.
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

/** For how long a proof of who one is opens sensitive actions. */
export const stepUpSeconds = 10 * 60

/** Whether the actor has proved who they are recently enough for a sensitive action. */
export function isSteppedUp(actor: Actor): boolean {
  return Date.now() / 1000 - (actor.authenticatedAt ?? 0) <= stepUpSeconds
}

function checkAccess({ meta, method, service }: Operation, { actor, internal }: RequestContext): void {
  if (meta.access === 'internal') {
    if (!internal) throw new AppError('not_found')
    return
  }
  // A sister service acts for the caller, whose own call was within its scopes.
  if (actor?.scopes && !internal && !actor.scopes.includes(scopeOf(service, method.toUpperCase()))) {
    throw new AppError('insufficient_scope')
  }
  const writes = method !== 'get' && !meta.reads
  if (actor?.impersonatorId && writes && !meta.whileImpersonating)
    throw new AppError('impersonation_read_only')
  if (meta.access === 'public') return
  if (!actor) throw new AppError('unauthenticated')
  if (meta.interactive && (actor.kind || actor.impersonatorId)) throw new AppError('forbidden')
  if (meta.access === 'member') {
    // A client is nobody's account: what members do for themselves it can only look at.
    if (actor.kind === 'client' && method !== 'get') throw new AppError('forbidden')
  } else if (!may(actor.roles, meta.access)) throw new AppError('forbidden')
  if (meta.stepUp && !isSteppedUp(actor)) throw new AppError('step_up_required')
}

type Operation = {
  service: string
  name: string
  method: string
  path: string
  status: number
  meta: OperationMeta
  input: z.ZodType | null
  output: z.ZodType | null
  /** The answer holds what is shown once. */
  shownOnce: boolean
}

function operationOf(service: string, name: string, procedure: AnyContractProcedure): Operation {
  const { route, meta, inputSchema, outputSchema } = procedure['~orpc']
  return {
    service,
    name,
    method: (route.method ?? 'POST').toLowerCase(),
    path: (route.path ?? '/').replace(/\{(\w+)\}/g, ':$1'),
    status: route.successStatus ?? 200,
    meta: meta as unknown as OperationMeta,
    input: (inputSchema as z.ZodType | undefined) ?? null,
    output: (outputSchema as z.ZodType | undefined) ?? null,
    shownOnce: outputSchema ? holdsShownOnce(outputSchema as z.ZodType) : false,
  }
}

/** Whether an idempotency key counts: for the writes of whoever is signed in. */
const isRepeatable = ({ method, meta }: Operation) =>
  method !== 'get' && !meta.reads && meta.access !== 'public'

function parseInput(operation: Operation, raw: unknown): unknown {
  if (!operation.input) return undefined
  const parsed = operation.input.safeParse(raw)
  if (!parsed.success) throw invalidInput(parsed.error)
  return parsed.data
}

// What PostgreSQL says of U+0000 in text and in jsonb: it can store any other character, and no input needs this one.
const unstorable = new Set(['22021', '22P05'])

// A foreign key or a unique one that does not hold: what the request had read was changed by another one since.
const overtaken = new Set(['23503', '23505'])

/** What a constraint of the database refused, as the caller knows it; any other failure as it is. */
function asRefused(failure: unknown): unknown {
  const code = (failure as { code?: string } | null)?.code ?? ''
  if (overtaken.has(code)) return new AppError('conflict', {}, { cause: failure })
  if (!unstorable.has(code)) return failure
  return invalidField('', 'invalid_character')
}

/** Answer a failure: an expected one as what it is, a bug as `internal`, logged with its cause. */
export function answerFailure(req: Request, res: Response, problem: unknown, log: Logger): void {
  const failure = asRefused(problem)
  const body = errorBody(failure)
  if (body.status >= 500) log.error('A request failed', { method: req.method, path: req.path, failure })
  else if (failure !== problem && body.code === 'conflict')
    log.warn('A request was overtaken by another', { method: req.method, path: req.path, failure: problem })
  if (res.headersSent) {
    res.destroy()
    return
  }
  drain(req)
  if (body.data?.retryAfterSeconds) res.setHeader('Retry-After', String(body.data.retryAfterSeconds))
  if (body.status === 401) res.setHeader('WWW-Authenticate', 'Bearer')
  res.setHeader('Cache-Control', 'no-store')
  // The gateway writes it into the access log: what was refused, and why, without reading bodies.
  res.setHeader('X-Error-Code', body.code)
  res.status(body.status).json(body)
}

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
    async invoke(name, input, context) {
      const found = operations.get(name)
      if (!found) throw new Error(`${service} has no operation ${name}.`)
      return run(found.operation, found.handler, input, context)
    },
  }
}
