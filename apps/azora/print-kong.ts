import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { type Config, StartupFault } from '@azora/kit/config.ts'
import { type KongKey, printKong } from '@azora/service-gateway/kong.ts'
import { readLimits } from '@azora/service-gateway/limits.ts'

/** `npm run azora -- kong`: the configuration for Kong, with the signing keys of an installation where one is named. */
export async function kongFile(config: Config, jwks: string | null): Promise<string> {
  const urls = Object.fromEntries(
    Object.entries(config.partUrls).flatMap(([name, [first]]) => (first ? [[name, first]] : [])),
  )
  return printKong({
    limits: readLimits(config.limitsFile),
    urls,
    corsOrigins: config.corsOrigins,
    keys: jwks ? await keysAt(jwks) : [],
  })
}

async function keysAt(url: string): Promise<KongKey[]> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) })
    const { keys } = (await answer.json()) as { keys: (JsonWebKey & { kid: string })[] }
    return keys.map(jwk => ({
      kid: jwk.kid,
      pem: createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString(),
    }))
  } catch (failure) {
    throw new StartupFault(
      [`No keys were found at ${url}.`, 'Give the address of /api/v1/auth/jwks of the running installation.'],
      failure,
    )
  }
}
