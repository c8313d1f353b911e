import { leaveProcess } from '@azora/kit/context.ts'
import type { CustomFetch } from 'openid-client'

// Key sets and profiles are some kilobytes; more is no answer to what we ask.
const mostBytes = 256 * 1024

/** Why a provider gave no answer that could be read. */
export class ProviderAway extends Error {
  constructor(reason: string, cause?: unknown) {
    super(reason, { cause })
    this.name = 'ProviderAway'
  }
}

/** Whether an address may be a provider's: by https, or on this machine, where that adds nothing. */
export function isProviderAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  return (
    protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname))
  )
}

/**
 * How we speak to providers: by https, or to this machine; no redirect is followed, the answer is read whole within
 * `timeoutMs`, and not beyond what an honest one holds.
 * @throws ProviderAway
 */
export function createOutbound(timeoutMs: number): CustomFetch {
  return async (address, { signal: _, ...options }) => {
    await leaveProcess('A call to an identity provider')
    // What a provider's metadata name as its endpoints is the provider's word, not the operator's.
    if (!isProviderAddress(address))
      throw new ProviderAway('The provider names an address that is not https.')
    try {
      const signal = AbortSignal.timeout(timeoutMs)
      const answer = await fetch(address, { ...options, redirect: 'manual', signal } as RequestInit)
      const body = await readWhole(answer)
      const { status, headers } = answer
      return new Response([204, 205, 304].includes(status) ? null : body, { status, headers })
    } catch (failure) {
      if (failure instanceof ProviderAway) throw failure
      throw new ProviderAway('The provider did not answer.', failure)
    }
  }
}

async function readWhole(answer: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  let bytes = 0
  // Leaving the loop early closes the connection, so nothing more is received.
  for await (const part of answer.body ?? []) {
    bytes += part.length
    if (bytes > mostBytes) throw new ProviderAway('The answer of the provider is larger than it should be.')
    parts.push(part)
  }
  return Buffer.concat(parts)
}
