import type { IncomingMessage } from 'node:http'
import type { Request, Response } from 'express'
import { AppError } from './errors.ts'
import type { Actor, Identity } from './identity.ts'
import { type InternalKey, internalHeader } from './internal-key.ts'
import type { Operation } from './operation.ts'

/** What is known of a call beside its input: who makes it, for which school, from where. */
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
  /** Under which a repeated write is answered as the first time; null without one. */
  idempotencyKey: string | null
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
  idempotencyKey: null,
  cookie: () => null,
  setCookie() {},
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

/** Who asks by this request. @throws AppError `unauthenticated` for a token that is none of ours. */
export async function contextOf(
  req: Request,
  res: Response,
  operation: Operation,
  { identity, internalKey }: { identity: Identity; internalKey: InternalKey | null },
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
  const key = req.headers['idempotency-key']
  return {
    actor,
    authorization,
    school: typeof school === 'string' ? school.slice(0, 80) : null,
    ip: req.ip ?? '',
    userAgent: (req.headers['user-agent'] ?? '').slice(0, 300),
    internal: internalKey?.verify(req.headers[internalHeader]) ?? false,
    idempotencyKey: typeof key === 'string' ? key : null,
    cookie: name => cookieOf(req, name),
    setCookie: text => res.append('Set-Cookie', text),
  }
}
