import { createHash } from 'node:crypto'
import { AppError } from '@azora/kit/errors.ts'
import type { Actor, Identity } from '@azora/kit/identity.ts'

/** `azora_`, the key's id without hyphens, and 32 random bytes in base64url. */
const wellFormed = /^azora_[0-9a-f]{32}_[\w-]{43}$/

export const isApiKey = (token: string) => token.startsWith('azora_')

export type ExchangeKey = (key: string) => Promise<{ accessToken: string; accessExpiresAt: string }>

type Exchanged = { token: string; until: number } | { refused: true; until: number }

const mostKeys = 10_000
const heldMs = 60_000
const refusedMs = 5_000
// A token is not handed on that could run out before the service behind us has looked at it.
const spareMs = 10_000

/**
 * API keys as access tokens. Auth exchanges a key for a token, which is held for up to a minute under the key's
 * hash; requests that bring the same key at once share one exchange. A key that was revoked stops at once all the
 * same, because its token names it and every verification asks what was revoked.
 */
export function createApiKeys(identity: Identity, exchange: ExchangeKey) {
  const known = new Map<string, Exchanged>()
  const asking = new Map<string, Promise<Exchanged>>()

  function remember(hash: string, found: Exchanged): void {
    known.delete(hash)
    if (known.size >= mostKeys) known.delete(known.keys().next().value as string)
    known.set(hash, found)
  }

  async function ask(key: string, hash: string): Promise<Exchanged> {
    try {
      const { accessToken, accessExpiresAt } = await exchange(key)
      const until = Math.min(Date.now() + heldMs, Date.parse(accessExpiresAt) - spareMs)
      const found = { token: accessToken, until }
      remember(hash, found)
      return found
    } catch (failure) {
      if (!(failure instanceof AppError) || failure.status !== 401) throw failure
      const found = { refused: true as const, until: Date.now() + refusedMs }
      remember(hash, found)
      return found
    }
  }

  async function tokenOf(key: string, hash: string): Promise<string> {
    let found = known.get(hash)
    if (!found || found.until <= Date.now()) {
      let promise = asking.get(hash)
      if (!promise) {
        promise = ask(key, hash).finally(() => asking.delete(hash))
        asking.set(hash, promise)
      }
      found = await promise
    }
    if ('refused' in found) throw new AppError('unauthenticated')
    return found.token
  }

  /** The access token of a key, and whose it is. @throws AppError `unauthenticated`. */
  return async (key: string): Promise<{ token: string; actor: Actor }> => {
    if (!wellFormed.test(key)) throw new AppError('unauthenticated')
    const hash = createHash('sha256').update(key).digest('base64url')
    const held = known.has(hash)
    const token = await tokenOf(key, hash)
    try {
      return { token, actor: await identity.verify(token) }
    } catch (failure) {
      if (!held || !(failure instanceof AppError) || failure.code !== 'unauthenticated') throw failure
      // Its owner's roles have changed since, or the keys of auth: a new token says what holds now.
      known.delete(hash)
      const renewed = await tokenOf(key, hash)
      return { token: renewed, actor: await identity.verify(renewed) }
    }
  }
}

export type ApiKeys = ReturnType<typeof createApiKeys>
