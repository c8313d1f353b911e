import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operation } from '@azora/contracts/operation.ts'
import { countedAddress, isPlainAddress } from './addresses.ts'
import { limits, tierOf } from './limits.ts'
import { createReference } from './openapi.ts'
import { createRouteTable, findPlace, routeAt } from './route-table.ts'

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

test('An address may always send more than one person, and administrators not less than others.', () => {
  for (const tier of Object.values(limits)) {
    for (const allowance of Object.values(tier)) assert.ok(allowance.address > allowance.person)
  }
  assert.equal(tierOf(['learner', 'admin']), 'admin')
  assert.equal(tierOf(['learner', 'instructor']), 'free')
})

test('The reference describes every operation, with files as bytes and failures in one shape.', async () => {
  const document = JSON.parse(await createReference('http://localhost:8080/api/v1')())
  assert.equal(document.openapi.slice(0, 3), '3.1')
  assert.deepEqual(document.servers, [{ url: 'http://localhost:8080/api/v1' }])
  assert.deepEqual(document.paths['/auth/login'].post.security, [])
  const upload = document.paths['/education/imports'].post
  assert.ok(upload.requestBody.content['application/octet-stream'])
  assert.deepEqual(
    upload.parameters.map((parameter: { name: string }) => parameter.name),
    ['name', 'Idempotency-Key'],
  )
  const download = document.paths['/education/files/{fileId}/{name}'].get
  assert.ok(download.responses['200'].content['application/octet-stream'])
  for (const item of Object.values<Record<string, { responses: Record<string, unknown> }>>(document.paths)) {
    for (const operationObject of Object.values(item)) assert.ok(operationObject.responses.default)
  }
})
