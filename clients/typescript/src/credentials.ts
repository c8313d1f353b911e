import { errorOf } from './azora-error.ts'

/** How a program says who it is; at most one of the three. Without any it sees what the public sees. */
export type Credentials = {
  /** A key that acts as its owner, within its scopes. */
  apiKey?: string
  /** An access token, or what gets one: it is asked again when the API no longer accepts the last. */
  accessToken?: string | (() => string | Promise<string>)
  /** An OAuth client that acts for its school; tokens are fetched and renewed as needed. */
  clientId?: string
  clientSecret?: string
  /** To what the tokens of the client are narrowed; all that it has unless given. */
  scopes?: string[]
}

/** The token to send now. */
export type TokenSource = {
  current(): Promise<string | null>
  /** The last one was refused: whether there may be another. */
  forget(): boolean
}

const fixed = (token: string | null): TokenSource => ({ current: async () => token, forget: () => false })

// Clocks differ, and a request takes a while.
const spareMs = 30_000

export function tokenSource(given: Credentials, api: string, send: typeof fetch): TokenSource {
  const { apiKey, accessToken, clientId, clientSecret } = given
  const ways = [apiKey, accessToken, clientId ?? clientSecret].filter(way => way !== undefined)
  if (ways.length > 1) throw new TypeError('Give only one of apiKey, accessToken and client.')
  if (apiKey !== undefined) return fixed(apiKey)
  if (typeof accessToken === 'function') return { current: async () => accessToken(), forget: () => true }
  if (clientId === undefined && clientSecret === undefined) return fixed(accessToken ?? null)
  if (!clientId || !clientSecret) throw new TypeError('A client needs a clientId and a clientSecret.')

  let held: { token: string; until: number } | null = null
  let fetching: Promise<string> | null = null

  async function fetchToken(): Promise<string> {
    const encoded = [clientId, clientSecret].map(part => encodeURIComponent(part as string)).join(':')
    const response = await send(`${api}/auth/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(encoded)}`, accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        ...(given.scopes ? { scope: given.scopes.join(' ') } : {}),
      }),
      credentials: 'omit',
    })
    if (!response.ok) throw await errorOf(response)
    const { access_token, expires_in } = (await response.json()) as {
      access_token: string
      expires_in: number
    }
    held = { token: access_token, until: Date.now() + expires_in * 1000 - spareMs }
    return access_token
  }

  return {
    async current() {
      if (held && held.until > Date.now()) return held.token
      // Calls that begin together share one token.
      fetching ??= fetchToken().finally(() => {
        fetching = null
      })
      return fetching
    },
    forget() {
      held = null
      return true
    },
  }
}
