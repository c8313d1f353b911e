import { createHash, randomBytes } from 'node:crypto'
import express, { type Express } from 'express'
import type { Interference } from './oidc-stand-in.ts'
import { outsidePeople, personOf } from './people.ts'
import { consentPage, loginPage } from './sign-in-pages.ts'

type Code = { personId: string; redirectUri: string; challenge: string }

/** What GitHub's sign-in and API answer of it, by the same paths and shapes, below `/github` and `/github-api`. */
export function standInForGithub(
  app: Express,
  client: { id: string; secret: string; mayReturnTo(address: string): boolean },
): { interference: Interference } {
  const interference: Interference = {}
  const codes = new Map<string, Code>()
  const tokens = new Map<string, string>()
  const form = express.urlencoded({ extended: false })
  const text = (value: unknown) => (typeof value === 'string' ? value : '')

  app.use(['/github', '/github-api'], (req, res, next) => {
    if (!interference.instead?.(req, res)) next()
  })

  app.get('/github/login/oauth/authorize', (req, res) => {
    const { client_id, redirect_uri, state, code_challenge, code_challenge_method } = req.query
    const known = client_id === client.id && client.mayReturnTo(text(redirect_uri))
    if (!known || code_challenge_method !== 'S256') {
      res.status(404).send('Not found')
      return
    }
    const fields = {
      state: text(state),
      challenge: text(code_challenge),
      returnTo: text(redirect_uri),
    }
    res.type('html').send(loginPage('GitHub', '/github/session', fields))
  })
  app.post('/github/session', form, (req, res) => {
    const { state, challenge, account, returnTo } = read(req)
    const fields = { state, challenge, account, returnTo }
    if (personOf(account)) res.type('html').send(consentPage('GitHub', '/github/allow', fields))
    else back(res, returnTo, { error: 'access_denied', state })
  })
  app.post('/github/allow', form, (req, res) => {
    const { state, challenge, account, allow, returnTo } = read(req)
    if (!allow) return back(res, returnTo, { error: 'access_denied', state })
    const code = randomBytes(10).toString('hex')
    codes.set(code, { personId: account, redirectUri: returnTo, challenge })
    back(res, returnTo, { code, state })
  })

  function read(req: express.Request) {
    const { state, challenge, account, allow, returnTo } = req.body as Record<string, unknown>
    return {
      state: text(state),
      challenge: text(challenge),
      account: text(account),
      allow: text(allow),
      returnTo: text(returnTo),
    }
  }

  function back(res: express.Response, returnTo: string, fields: Record<string, string>): void {
    if (client.mayReturnTo(returnTo)) res.redirect(302, `${returnTo}?${new URLSearchParams(fields)}`)
    else res.status(404).send('Not found')
  }

  app.post('/github/login/oauth/access_token', form, (req, res) => {
    const { client_id, client_secret, code, redirect_uri, code_verifier } = req.body as Record<string, string>
    // GitHub answers errors with status 200.
    if (client_id !== client.id || client_secret !== client.secret) {
      res.json({ error: 'incorrect_client_credentials' })
      return
    }
    const found = codes.get(text(code))
    codes.delete(text(code))
    const challenge = createHash('sha256').update(text(code_verifier)).digest('base64url')
    if (!found || found.redirectUri !== redirect_uri || found.challenge !== challenge) {
      res.json({ error: 'bad_verification_code' })
      return
    }
    const token = `gho_${randomBytes(18).toString('base64url')}`
    tokens.set(token, found.personId)
    res.json({ access_token: token, token_type: 'bearer', scope: 'read:user,user:email' })
  })

  const holder = (req: express.Request) => {
    const id = tokens.get(/^Bearer (\S+)$/.exec(req.headers.authorization ?? '')?.[1] ?? '')
    return outsidePeople.find(person => person.id === id)
  }
  app.get('/github-api/user', (req, res) => {
    const person = holder(req)
    if (!person || !req.headers['user-agent']) res.status(401).json({ message: 'Bad credentials' })
    else {
      const name = `${person.givenName} ${person.familyName}`
      res.json({ id: person.number, login: person.login, name, email: null, type: 'User' })
    }
  })
  app.get('/github-api/user/emails', (req, res) => {
    const person = holder(req)
    if (!person) res.status(401).json({ message: 'Bad credentials' })
    else {
      res.json([
        { email: `old-${person.login}@outside.example`, primary: false, verified: false, visibility: null },
        { email: person.email, primary: true, verified: person.emailVerified, visibility: 'private' },
      ])
    }
  })
  return { interference }
}
