import { internalApiUrl } from '../lib/internal-api.ts'

/** The parts that a visitor would miss. */
const told = ['auth', 'education', 'assessment', 'integrations'] as const
export type ToldPart = (typeof told)[number]

const knownMs = 5000
const patienceMs = 1000

let known: { at: number; parts: Promise<ToldPart[]> } | null = null

/** Which parts of the system are down, asked at most every few seconds. None when nobody can say. */
export function unavailableParts(): Promise<ToldPart[]> {
  if (!known || Date.now() - known.at > knownMs) known = { at: Date.now(), parts: ask() }
  return known.parts
}

async function ask(): Promise<ToldPart[]> {
  try {
    const answer = await fetch(new URL('/health/parts', internalApiUrl()), {
      cache: 'no-store',
      signal: AbortSignal.timeout(patienceMs),
    })
    const { parts } = (await answer.json()) as { parts: Record<string, 'up' | 'down'> }
    return told.filter(part => parts[part] === 'down')
  } catch {
    // A page is not held up, nor lost, by not knowing this.
    return []
  }
}
