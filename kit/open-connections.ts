import { AppError, stoppingFailure } from './errors.ts'
import type { Actor } from './identity.ts'
import type { Revocations } from './revocations.ts'

/**
 * Connections that outlive the check at their opening: streams of events, WebSockets. Anyone who opens one is watched
 * for as long as it is open, because a session that is signed out, a person who is suspended and a token that runs
 * out must not keep an ear at the door. There is a bound for each person and for the process, so that nobody can
 * use up its memory with connections that cost them nothing.
 */
export type OpenConnections = {
  /**
   * Watch over a connection until the returned function is called. `end` is called at most once, never before this
   * returns, and the connection counts until it is let go.
   * @param actor who opened it; null for the system itself, which has no session and no bound of its own.
   * @throws AppError `too_many_connections` for the person, `unavailable` for the process or when it stops,
   * `unauthenticated` when the session ended since its token was verified.
   */
  hold(actor: Actor | null, end: (why: ConnectionEnd) => void): () => void
  /** The process stops: every connection is to end, and no new one begins. */
  endAll(): void
  /** How many are open. */
  count(): number
}

/** `revoked`: the session ended, or the person's rights changed; `expired`: its token; `stopping`: the process. */
export type ConnectionEnd = 'revoked' | 'expired' | 'stopping'

export type ConnectionBounds = { perPerson: number; inAll: number }

// A browser comes back after as long, and a place may be free by then.
const retryAfterSeconds = 10
// Longer than a timer can wait is no end at all.
const longestMs = 2 ** 31 - 1

export function createOpenConnections(options: {
  revocations: Pick<Revocations, 'cover' | 'onNews'>
  bounds: ConnectionBounds
  /** Told of every change of the number of connections. */
  changed?(count: number): void
}): OpenConnections {
  const { revocations, bounds, changed } = options
  const open = new Set<{ actor: Actor | null; end(why: ConnectionEnd): void }>()
  const ofPerson = new Map<string, number>()
  let stopping = false
  let stopListening = () => {}

  // An actor of no token, as in tests, has no time of issue: there only the end of the session itself counts.
  const isRevoked = (actor: Actor) =>
    revocations.cover({ ...actor, issuedAt: actor.issuedAt ?? Number.POSITIVE_INFINITY })

  function look(): void {
    for (const { actor, end } of open) if (actor && isRevoked(actor)) end('revoked')
  }

  function admit(actor: Actor | null): void {
    if (stopping) throw stoppingFailure()
    if (open.size >= bounds.inAll) throw new AppError('unavailable', { retryAfterSeconds })
    if (!actor) return
    if (isRevoked(actor)) throw new AppError('unauthenticated')
    const count = ofPerson.get(actor.userId) ?? 0
    if (count >= bounds.perPerson) throw new AppError('too_many_connections', { retryAfterSeconds })
    ofPerson.set(actor.userId, count + 1)
  }

  function dismiss(actor: Actor | null): void {
    if (!actor) return
    const left = (ofPerson.get(actor.userId) ?? 1) - 1
    if (left > 0) ofPerson.set(actor.userId, left)
    else ofPerson.delete(actor.userId)
  }

  return {
    hold(actor, end) {
      admit(actor)
      let ended = false
      const connection = {
        actor,
        end(why: ConnectionEnd) {
          if (ended) return
          ended = true
          end(why)
        },
      }
      if (open.size === 0) stopListening = revocations.onNews(look)
      open.add(connection)
      changed?.(open.size)
      const leftMs = actor?.expiresAt === undefined ? longestMs : actor.expiresAt * 1000 - Date.now()
      const expiry =
        leftMs < longestMs ? setTimeout(() => connection.end('expired'), leftMs).unref() : undefined
      return () => {
        if (!open.delete(connection)) return
        clearTimeout(expiry)
        ended = true
        dismiss(actor)
        if (open.size === 0) stopListening()
        changed?.(open.size)
      }
    },
    endAll() {
      stopping = true
      for (const { end } of open) end('stopping')
    },
    count: () => open.size,
  }
}
