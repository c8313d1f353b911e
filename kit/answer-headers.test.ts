import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { type OperationMeta, operation } from '@azora/contracts/operation.ts'
import express from 'express'
import { z } from 'zod'
import { namesTag } from './answer-headers.ts'
import { AppError } from './errors.ts'
import { hostContract } from './http.ts'
import { createMetrics } from './metrics.ts'

/** A contract of its own whose operations keep, change and go in every way there is. */

const tags: [string] = ['notes']
const read = (path: `/${string}`, rules: Partial<OperationMeta>) =>
  operation({ method: 'GET', path, access: 'public', summary: '', tags, ...rules }).output(
    z.object({ text: z.string() }),
  )
const contract = {
  plain: read('/plain', {}),
  shared: read('/shared', { cache: { scope: 'public', maxAgeSeconds: 60 } }),
  own: read('/own', { access: 'member', cache: { scope: 'private', maxAgeSeconds: 30 } }),
  going: read('/going', {
    access: 'member',
    deprecation: {
      since: '2026-01-01T00:00:00Z',
      sunset: '2027-01-01T00:00:00Z',
      successor: '/api/v2/notes/going',
    },
  }),
}

let text = 'one'
const say = async () => ({ text })
const actor = { userId: 'a', organizationId: 'b', sessionId: 'c', roles: [] }
const host = hostContract({
  service: 'education',
  contract,
  handlers: { plain: say, shared: say, own: say, going: say },
  identity: {
    async verify(token) {
      if (token !== 'good') throw new AppError('unauthenticated')
      return actor
    },
  },
  internalKey: null,
  db: null,
  log: { debug() {}, info() {}, warn() {}, error() {} },
  metrics: createMetrics(),
})
const server = createServer(express().disable('etag').use(host.router))
before(() => new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve)))
after(() => server.close())

const ask = (path: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { headers })
const signedIn = { authorization: 'Bearer good' }

test('An answer carries a tag that changes with it; who has it is told so, without a body.', async () => {
  const first = await ask('/plain')
  const tag = first.headers.get('etag') ?? ''
  assert.match(tag, /^"[\w-]+"$/)
  const same = await ask('/plain', { 'if-none-match': `W/${tag}` })
  assert.deepEqual([same.status, await same.text(), same.headers.get('etag')], [304, '', tag])
  text = 'two'
  const changed = await ask('/plain', { 'if-none-match': tag })
  assert.equal(changed.status, 200)
  assert.notEqual(changed.headers.get('etag'), tag)
})

test('Tags are compared weakly, in lists, and a star names any.', () => {
  assert.equal(namesTag(undefined, '"a"'), false)
  assert.equal(namesTag('"b", W/"a"', '"a"'), true)
  assert.equal(namesTag('"a"', 'W/"a"'), true)
  assert.equal(namesTag('*', '"a"'), true)
  assert.equal(namesTag('a', '"a"'), false)
})

test('A contract says how long an answer keeps, for everyone or for its owner, and what is personal keeps nowhere else.', async () => {
  const kept = async (path: string, headers = {}) => (await ask(path, headers)).headers.get('cache-control')
  assert.equal(await kept('/shared'), 'public, max-age=60')
  assert.equal(await kept('/shared', signedIn), 'no-store')
  assert.equal(await kept('/own', signedIn), 'private, max-age=30')
  assert.equal(await kept('/own'), 'no-store')
  assert.equal(await kept('/plain', signedIn), 'no-store')
  assert.match((await ask('/shared')).headers.get('vary') ?? '', /Authorization, Cookie/)
})

test('A deprecated operation says since when, until when, and what follows it, also when it refuses.', async () => {
  for (const headers of [signedIn, {}]) {
    const answer = await ask('/going', headers)
    assert.equal(answer.headers.get('deprecation'), '@1767225600')
    assert.equal(answer.headers.get('sunset'), 'Fri, 01 Jan 2027 00:00:00 GMT')
    assert.equal(answer.headers.get('link'), '</api/v2/notes/going>; rel="successor-version"')
  }
  assert.equal((await ask('/plain')).headers.get('deprecation'), null)
})
