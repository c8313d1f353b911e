import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { startFederated, toldBy } from './azora.ts'

/** What providers say of themselves, asked for when someone first wants to go there. */

let azora: Awaited<ReturnType<typeof startFederated>>

before(async () => {
  azora = await startFederated({ patienceMs: 300 })
})
afterEach(() => {
  delete azora.outside.google.interference.instead
})
after(() => azora?.stop())

const wellKnown = '/.well-known/openid-configuration'

function answerDiscovery(metadata: Record<string, unknown> | null) {
  azora.outside.google.interference.instead = (req, res) => {
    if (req.path !== wellKnown) return false
    if (metadata) res.json(metadata)
    return true
  }
}

async function metadata(): Promise<Record<string, unknown>> {
  return (await fetch(`${azora.outside.google.issuer}${wellKnown}`)).json()
}

async function refuses(what: string) {
  const page = await azora.signIn(azora.createVisitor(), 'google', 'outside-amahle', '?next=/courses')
  assert.equal(page.url.pathname, '/signin', what)
  assert.equal(toldBy(page), 'provider_unavailable', what)
  assert.equal(page.url.searchParams.get('next'), '/courses', what)
}

test('A provider that is away, or speaks for another, is not gone to; once it is back, it is.', async () => {
  answerDiscovery(null)
  await refuses('silence')
  const { visitor } = await azora.member()
  const linking = await azora.post(visitor, '/identities/google', {})
  assert.equal(linking.status, 503)
  assert.equal(JSON.parse(linking.text).code, 'unavailable')

  delete azora.outside.google.interference.instead
  const honest = await metadata()
  answerDiscovery({ ...honest, issuer: azora.outside.apple.issuer })
  await refuses('another issuer')
  answerDiscovery({ issuer: honest.issuer })
  await refuses('no endpoints')
  answerDiscovery({ ...honest, authorization_endpoint: 'javascript:alert(1)' })
  await refuses('an endpoint that is a script')
  answerDiscovery({ ...honest, token_endpoint: 'http://outside.example/token' })
  await refuses('an endpoint without https')
  answerDiscovery({ ...honest, padding: 'x'.repeat(300 * 1024) })
  await refuses('too much of it')

  answerDiscovery(honest)
  assert.equal(toldBy(await azora.signIn(azora.createVisitor(), 'google', 'outside-amahle')), null)
})

test('Who has learned of a provider does not ask it again for each who goes there.', async () => {
  answerDiscovery(null)
  assert.equal(toldBy(await azora.signIn(azora.createVisitor(), 'google', 'outside-amahle')), null)
})
