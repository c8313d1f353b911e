import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importsOf, isTest, read, sources, targetOf } from './repository.ts'

/**
 * What a service does can be called and tested without a request: a use case takes the actor, or a caller of
 * `kit/caller.ts`, and the routes make these from the request. A service's folders of nouns hold use cases, rules and
 * SQL; its routes are `routes.ts` or end in `.routes.ts`, and the files beside `service.ts` are its contents page.
 */

const aboutRequests = ['kit/request-context.ts', 'kit/handlers.ts', 'kit/http.ts']

/** These answer a browser or a program by a protocol of its own: cookies, redirects, the answers of OAuth. */
const speakHttp = [
  'services/auth/federation/arrive.ts',
  'services/auth/federation/browser.ts',
  'services/auth/federation/own-session.ts',
  'services/auth/federation/set-out.ts',
  'services/auth/keys/oauth-endpoints.ts',
]

function isOfNoun(path: string): boolean {
  const [top, service, ...rest] = path.split('/')
  if (top !== 'services' || service === 'gateway' || rest.length < 2 || isTest(path)) return false
  return !/(^|\.)routes\.ts$/.test(rest.at(-1) ?? '') && !/^testing(\.|$)/.test(rest.at(-1) ?? '')
}

const asksForRequest = (path: string) =>
  importsOf(read(path)).some(address => aboutRequests.includes(targetOf(path, address) ?? ''))

test('No use case takes the context of a request.', () => {
  const found = sources.filter(path => isOfNoun(path) && asksForRequest(path))
  assert.deepEqual(
    found.filter(path => !speakHttp.includes(path)),
    [],
    'Take the actor, or a Caller or AskingCaller of kit/caller.ts, and let the routes make it.',
  )
  assert.deepEqual(
    speakHttp.filter(path => !found.includes(path)),
    [],
    'These need no exemption any more.',
  )
})

test('The rule knows a use case by its place.', () => {
  for (const path of ['services/education/courses/browse.ts', 'services/auth/keys/api-keys.ts'])
    assert.equal(isOfNoun(path), true, path)
  for (const path of [
    'services/education/routes.ts',
    'services/auth/sessions/routes.ts',
    'services/auth/sessions/own-sessions.routes.ts',
    'services/auth/sessions/sessions.test.ts',
    'services/gateway/session.ts',
    'kit/operations.ts',
  ])
    assert.equal(isOfNoun(path), false, path)
})
