import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { api, signInAddress, unless } from './api.server.ts'

// The head of a page asks these; a part that is down must not take every page with it.
const outOfOrder = ['internal', 'unavailable', 'rate_limited'] as const

/** Who is signed in, or null. Asked once per request, and not at all without a session cookie. */
export const currentAccount = cache(async () => {
  const jar = await cookies()
  if (!jar.has('azora_access')) return null
  return unless((await api()).auth.me(), 'unauthenticated', 'session_expired', ...outOfOrder)
})

/** The school at this address. Without an answer the shell still stands, and the page within it says what failed. */
export const currentSchool = cache(
  async () =>
    (await unless((await api()).auth.organization({}), ...outOfOrder)) ?? { id: '', slug: '', name: 'Azora' },
)

/** The ways in at this school. Without an answer: those that need nobody else. */
export const signInOptions = cache(
  async () =>
    (await unless((await api()).auth.signInOptions({}), ...outOfOrder)) ?? {
      registration: 'open' as const,
      providers: [],
      localMailbox: false,
    },
)

/** Who is signed in; anyone else is sent to sign in and then back to `path`. */
export async function requireAccount(path: string) {
  return (await currentAccount()) ?? redirect(signInAddress(path))
}
