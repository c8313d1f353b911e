import { email } from '@azora/contracts/auth/shapes.ts'

/** An address that a provider says it verified, as accounts here have it; null for what is none. */
export function verifiedEmail(text: string | undefined): string | null {
  const parsed = email.safeParse(text)
  return parsed.success ? parsed.data : null
}
