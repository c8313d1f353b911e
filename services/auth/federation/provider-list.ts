import type { Config } from '@azora/kit/config.ts'
import { githubProvider } from './github-provider.ts'
import { appleProvider, googleProvider } from './oidc-provider.ts'
import { createOutbound } from './outbound.ts'
import type { Provider } from './provider.ts'
import type { ProviderId } from './providers.ts'

// Three answers in a row, metadata, tokens and keys, still come before a gateway gives us up.
const usualPatienceMs = 4000

/** The providers that are set up. @param patienceMs how long each may take for one answer. */
export function createProviders(
  { federation }: Pick<Config, 'federation'>,
  publicUrl: string,
  patienceMs: number = usualPatienceMs,
): ReadonlyMap<ProviderId, Provider> {
  const outbound = createOutbound(patienceMs)
  const means = (id: ProviderId) => ({
    outbound,
    redirectUri: `${publicUrl}/api/v1/auth/federation/${id}/callback`,
  })
  const { google, github, apple } = federation
  const providers = new Map<ProviderId, Provider>()
  if (google) providers.set('google', googleProvider(google, means('google')))
  if (github) providers.set('github', githubProvider(github, means('github')))
  if (apple) providers.set('apple', appleProvider(apple, means('apple')))
  return providers
}
