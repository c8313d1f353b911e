import { services } from '@azora/contracts/contract.ts'
import { internalApiUrl } from '../lib/internal-api.ts'

const knownMs = 5000
const patienceMs = 1000

let known: { at: number; parts: Promise<string[]> } | null = null

/** What the services that are down are called, asked at most every few seconds. None when nobody can say. */
export function unavailableParts(): Promise<string[]> {
  if (!known || Date.now() - known.at > knownMs) known = { at: Date.now(), parts: ask() }
  return known.parts
}

async function ask(): Promise<string[]> {
  try {
    const answer = await fetch(new URL('/health/parts', internalApiUrl()), {
      cache: 'no-store',
      signal: AbortSignal.timeout(patienceMs),
    })
    const { parts } = (await answer.json()) as { parts: Record<string, 'up' | 'down'> }
    const down = Object.values(services).filter(({ name }) => parts[name] === 'down')
    return down.map(({ title }) => title)
  } catch {
    // A page is not held up, nor lost, by not knowing this.
    return []
  }
}
