const key = 'azora_seat_code'
const keptMs = 60 * 60_000

/**
 * Keeps a code in this browser while its owner signs in or up; the fragment does not come along, and the email with which
 * an account is opened leads to another tab.
 */
export function keepCode(code: string): void {
  localStorage.setItem(key, JSON.stringify({ code, until: Date.now() + keptMs }))
}

export function readKeptCode(): string | null {
  const text = localStorage.getItem(key)
  if (!text) return null
  const { code, until } = JSON.parse(text) as { code: string; until: number }
  if (until > Date.now()) return code
  forgetCode()
  return null
}

export function forgetCode(): void {
  localStorage.removeItem(key)
}
