import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { webhookEvents } from '@azora/contracts/integrations.ts'
import { operation } from '@azora/contracts/operation.ts'
import type { Role } from '@azora/contracts/permissions.ts'
import { StartupFault } from '@azora/kit/config.ts'
import type { Tier } from '@azora/kit/identity.ts'
import { countedAddress, isPlainAddress } from './addresses.ts'
import { readLimits, tierOf } from './limits.ts'
import { createReference } from './openapi.ts'
import { createRouteTable, findPlace, routeAt, versionOf } from './route-table.ts'

const table = createRouteTable([
  {
    part: {
      one: operation({ method: 'GET', path: '/part/{id}', access: 'public', tags: ['part'], summary: '' }),
      mine: operation({ method: 'GET', path: '/part/mine', access: 'member', tags: ['part'], summary: '' }),
      below: operation({
        method: 'PUT',
        path: '/part/{id}/x',
        access: 'member',
        tags: ['part'],
        summary: '',
      }),
    },
  },
])

test('A path finds its operation, a written segment before a parameter.', () => {
  assert.equal(table('/part/mine')?.get('GET')?.operation, 'part.mine')
  assert.equal(table('/part/other')?.get('GET')?.operation, 'part.one')
  assert.equal(table('/part/mine/x')?.get('PUT')?.operation, 'part.below')
})

test('A service with a prefix is found below it as below its name.', () => {
  const contracts = {
    'study-hall': {
      one: operation({
        method: 'GET',
        path: '/study-hall/{id}/study-hall',
        access: 'public',
        tags: ['study-hall'],
        summary: '',
      }),
    },
  }
  const prefixed = createRouteTable([contracts], 'v1', { 'study-hall': 'classroom' })
  for (const path of ['/study-hall/a/study-hall/b', '/classroom/a/study-hall/b'])
    assert.equal(prefixed(path), null, path)
  const found = ['/study-hall/a/study-hall', '/classroom/a/study-hall'].map(
    path => prefixed(path)?.get('GET')?.operation,
  )
  assert.deepEqual(found, ['study-hall.one', 'study-hall.one'])
})

test('A path that is longer, shorter, empty or ends in a slash finds nothing.', () => {
  for (const path of ['/part', '/part/', '/part/a/', '/part/a/x/y', '/', '', 'part/a']) {
    assert.equal(table(path), null, path)
  }
})

test('Routes of the contract carry their budget; HEAD is answered where GET is.', () => {
  const login = findPlace('/auth/login')
  assert.equal(login?.get('POST')?.rateClass, 'sign_in')
  assert.equal(login && routeAt(login, 'HEAD'), null)
  const imports = findPlace('/education/imports')
  assert.equal(imports?.get('POST')?.rateClass, 'upload')
  assert.equal(imports?.get('GET')?.rateClass, 'general')
  assert.equal(imports && routeAt(imports, 'HEAD')?.operation, 'education.listImports')
})

test('An address is counted as itself, an IPv6 address with its network.', () => {
  assert.equal(countedAddress('192.0.2.7'), '192.0.2.7')
  assert.equal(countedAddress('::ffff:192.0.2.7'), '192.0.2.7')
  assert.equal(countedAddress('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
  assert.equal(countedAddress('2001:db8::5'), '2001:db8:0:0::/64')
  assert.equal(countedAddress('::1'), '0:0:0:0::/64')
})

test('Plain addresses pass, with encoded words and dots within names.', () => {
  for (const path of ['/', '/a/b.c?d=//x', '/a%20b', '/.well-known/x', '/a..b', '/caf%C3%A9']) {
    assert.equal(isPlainAddress(path), true, path)
  }
})

test('A plan decides whose limits count, and administrators have their own.', () => {
  const actor = (roles: Role[], tier?: Tier) => ({
    userId: '',
    organizationId: '',
    sessionId: '',
    roles,
    ...(tier ? { tier } : {}),
  })
  assert.equal(tierOf(null), 'free')
  assert.equal(tierOf(actor(['learner', 'instructor'])), 'free')
  assert.equal(tierOf(actor(['learner'], 'enterprise')), 'enterprise')
  assert.equal(tierOf(actor(['learner', 'admin'], 'pro')), 'admin')
})

test('A file of limits stands in for ours; a wrong one stops the start with what to mend.', () => {
  const folder = mkdtempSync(join(tmpdir(), 'limits-'))
  const file = join(folder, 'limits.json')
  const ours = JSON.parse(readFileSync(new URL('./limits.json', import.meta.url), 'utf8'))
  ours.tiers.free.general.person = 601
  writeFileSync(file, JSON.stringify(ours))
  assert.equal(readLimits(file).tiers.free.general.person, 601)
  const faultOf = (text: string) => {
    writeFileSync(file, text)
    try {
      readLimits(file)
    } catch (failure) {
      assert.ok(failure instanceof StartupFault)
      return failure.remedies.join(' ')
    }
    return ''
  }
  assert.match(faultOf('{'), /not valid JSON.*AZORA_LIMITS_FILE/)
  assert.match(faultOf('{}'), /windowSeconds/)
  ours.tiers.pro.ai.key = 1e6
  assert.match(faultOf(JSON.stringify(ours)), /tiers\.pro\.ai.*A key may not have more/)
  rmSync(folder, { recursive: true })
  assert.throws(() => readLimits(file), /cannot be read/)
})

test('What is between the parts alone is at no address, and in no description.', async () => {
  for (const path of ['/auth/api-key-exchange', '/integrations/usage-batches']) {
    assert.equal(findPlace(path)?.get('POST'), undefined)
  }
  const document = await createReference('http://localhost/api/v1')()
  assert.doesNotMatch(document, /recordUsage|exchangeApiKey|api-key-exchange/)
})

test('A later version holds what it changed, under names of its own.', async () => {
  assert.deepEqual(versionOf('/api/v2/education/courses'), { version: 'v2', below: '/education/courses' })
  for (const path of [
    '/api/v3/a',
    '/api/education',
    '/api/v1',
    '/api/V2/a',
    '/api/v2x/a',
    '/api/__proto__/a',
  ])
    assert.equal(versionOf(path), null, path)
  assert.equal(findPlace('/education/courses', 'v2')?.get('GET')?.operation, 'education.listCourses.v2')
  assert.equal(findPlace('/auth/me', 'v2'), null)
  const document = JSON.parse(await createReference('http://localhost/api/v2', 'v2')())
  assert.deepEqual(Object.keys(document.paths), ['/education/courses'])
  assert.equal(document.info.version, '2')
})

test('The reference describes every operation, with its files, forms and failures as they are.', async () => {
  const document = JSON.parse(await createReference('http://localhost:8080/api/v1')())
  assert.equal(document.openapi.slice(0, 3), '3.1')
  assert.deepEqual(document.servers, [{ url: 'http://localhost:8080/api/v1' }])
  assert.deepEqual(document.paths['/auth/login'].post.security, [])
  const upload = document.paths['/education/imports'].post
  assert.ok(upload.requestBody.content['application/octet-stream'])
  assert.deepEqual(
    upload.parameters.map((parameter: { name: string }) => parameter.name),
    ['name'],
  )
  const download = document.paths['/education/files/{fileId}/{name}'].get
  assert.deepEqual(Object.keys(download.responses['206'].content), ['*/*'])
  const mediaTypes = {
    '/auth/people.csv': 'text/csv',
    '/auth/audit.csv': 'text/csv',
    '/auth/me/export/{exportId}': 'application/zip',
    '/education/certificates/{certificateId}/credential.json': 'application/vc',
  }
  for (const [path, mediaType] of Object.entries(mediaTypes))
    assert.deepEqual(Object.keys(document.paths[path].get.responses['200'].content), [mediaType])
  const token = document.paths['/auth/oauth/token'].post
  assert.deepEqual(token.requestBody.content['application/x-www-form-urlencoded'].schema.required, [
    'grant_type',
  ])
  assert.ok(token.responses['200'].content['application/json'].schema.properties.access_token)
  const refusals = token.responses.default.content['application/json'].schema.anyOf
  assert.equal(refusals[0].$ref, '#/components/schemas/OAuthError')
  assert.ok(document.components.schemas.OAuthError.properties.error)
  assert.equal(document.paths['/auth/refresh'].post.requestBody.required, false)
  assert.equal(document.paths['/auth/login'].post.requestBody.required, true)
  assert.equal(document.paths['/auth/logout'].post.requestBody, undefined)
  for (const item of Object.values<Record<string, { responses: Record<string, unknown> }>>(document.paths)) {
    for (const operationObject of Object.values(item)) assert.ok(operationObject.responses.default)
  }
})

test('The reference says of every operation who may call it, with which scope, and from which budget.', async () => {
  const limits = readLimits(null)
  const document = JSON.parse(await createReference('http://localhost/api/v1', 'v1', limits)())
  const { post, get } = document.paths['/auth/api-keys']
  assert.deepEqual(
    [post['x-azora-operation'], post['x-azora-access'], post['x-azora-interactive'], post['x-azora-step-up']],
    ['auth.createApiKey', 'member', true, true],
  )
  assert.deepEqual([post['x-azora-shown-once'], get['x-azora-shown-once']], [true, undefined])
  assert.equal(get['x-azora-scope'], undefined, 'keys are refused here, so no scope helps')
  assert.equal(document.paths['/education/courses'].post['x-azora-scope'], 'education:write')
  assert.equal(document.paths['/auth/login'].post['x-azora-rate-class'], 'sign_in')
  const { get: log } = document.paths['/auth/audit']
  assert.deepEqual([log['x-azora-access'], log['x-azora-offices']], ['audit.read', ['compliance']])
  assert.equal(post['x-azora-offices'], undefined, 'it is open to every member')
  assert.deepEqual(document['x-azora-limits'], limits)
  for (const item of Object.values<Record<string, Record<string, unknown>>>(document.paths)) {
    for (const described of Object.values(item)) {
      assert.match(String(described['x-azora-operation']), /^\w+\.\w+$/)
      assert.ok(described['x-azora-access'] && described['x-azora-access'] !== 'internal')
    }
  }
})

test('The reference shows the body of each event that a webhook may ask for.', async () => {
  const { webhooks } = JSON.parse(await createReference('http://localhost/api/v1')())
  assert.deepEqual(Object.keys(webhooks), webhookEvents)
  const { schema } = webhooks['course.completed'].post.requestBody.content['application/json']
  assert.deepEqual(schema.required, ['type', 'timestamp', 'data'])
  assert.ok(schema.properties.data.properties.completedAt)
})
