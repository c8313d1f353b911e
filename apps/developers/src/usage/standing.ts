import { useEffect, useState } from 'react'
import type { Limits } from '../document/api-document.ts'

/** What the `RateLimit` headers of an answer say of one budget. */
export type Budget = {
  name: string
  quota: number
  windowSeconds: number
  remaining: number
  resetSeconds: number
}

const numbersOf = (parameters: string) =>
  Object.fromEntries(
    [...parameters.matchAll(/;\s*(\w+)=(\d+)/g)].map(([, name, value]) => [name, Number(value)]),
  )

function itemsOf(header: string | null): Map<string, Record<string, number>> {
  const items = [...(header ?? '').matchAll(/"([^"]+)"((?:\s*;\s*\w+=\d+)*)/g)]
  return new Map(items.map(([, name = '', parameters = '']) => [name, numbersOf(parameters)]))
}

/** Reads `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers, 10) together. */
export function readBudgets(headers: Headers): Budget[] {
  const now = itemsOf(headers.get('ratelimit'))
  return [...itemsOf(headers.get('ratelimit-policy'))].map(([name, { q = 0, w = 0 }]) => ({
    name,
    quota: q,
    windowSeconds: w,
    remaining: now.get(name)?.r ?? q,
    resetSeconds: now.get(name)?.t ?? 0,
  }))
}

export type TierName = keyof Limits['tiers']

/** The tier whose budget for a person is the one that the headers name; null when they name none. */
export function tierIn(budgets: Budget[], limits: Limits): TierName | null {
  const own = budgets.find(({ name }) => name === 'general-person')
  const tiers = Object.keys(limits.tiers) as TierName[]
  return tiers.find(tier => limits.tiers[tier].general.person === own?.quota) ?? null
}

let asked: Promise<Budget[]> | null = null

async function ask(): Promise<Budget[]> {
  const answer = await fetch('/api/v1/auth/me', { credentials: 'same-origin', cache: 'no-store' })
  return readBudgets(answer.headers)
}

/** What is left of one's own budgets now; `null` until it is known. `again` asks anew. */
export function useStanding(): { budgets: Budget[] | null; again: () => void } {
  const [budgets, setBudgets] = useState<Budget[] | null>(null)
  const [times, setTimes] = useState(0)
  useEffect(() => {
    let gone = false
    if (times > 0) asked = null
    asked ??= ask()
    // No answer: what is left is not known, and the page says nothing of it.
    asked.then(
      found => {
        if (!gone) setBudgets(found)
      },
      () => {
        asked = null
      },
    )
    return () => {
      gone = true
    }
  }, [times])
  return { budgets, again: () => setTimes(count => count + 1) }
}
