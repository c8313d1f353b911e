import type { Arrival } from '../lib/arrival.ts'

const key = 'azora_sign_up'

/** A registration that waits for its code, so that the link in the email can go on in another tab of this browser. */
export type PendingSignUp = Arrival & { id: string; email: string; expiresAt: string }

export function keepPendingSignUp(pending: PendingSignUp): void {
  localStorage.setItem(key, JSON.stringify(pending))
}

/** The registration that this browser began; null when there is none, or its time has run out. */
export function readPendingSignUp(): PendingSignUp | null {
  const text = localStorage.getItem(key)
  if (!text) return null
  const pending = JSON.parse(text) as PendingSignUp
  if (Date.parse(pending.expiresAt) > Date.now()) return pending
  localStorage.removeItem(key)
  return null
}

export function forgetPendingSignUp(): void {
  localStorage.removeItem(key)
}
