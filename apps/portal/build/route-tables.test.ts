import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contract, fileContract } from '@azora/contracts/contract.ts'
import { routeTables } from './route-tables.ts'

type Described = { '~orpc': { route: { method: string; path: string } } }

const tables = await routeTables()
const { routes, uploads } = tables['routes.js']
const { accountRoutes } = tables['account-routes.js']

function described(tree: object, operation: string) {
  const [service = '', name = ''] = operation.split('.')
  return (tree as Record<string, Record<string, Described>>)[service]?.[name]?.['~orpc'].route
}

test('every route that the portal carries is the one that the contract states', () => {
  for (const [operation, [method, path]] of Object.entries({ ...routes, ...accountRoutes })) {
    const route = described(contract, operation)
    assert.deepEqual([method, path], [route?.method, route?.path], operation)
  }
  for (const [operation, path] of Object.entries(uploads))
    assert.equal(path, described(fileContract, operation)?.path, operation)
})

test('a lesson carries what lessons call, and nothing of signing in and of the account pages', () => {
  assert.deepEqual(routes['education.saveProgress'], ['PUT', '/education/lessons/{lessonId}/progress'])
  assert.deepEqual(routes['assessment.submit'], ['POST', '/assessment/submissions/{submissionId}/submit'])
  assert.equal(uploads['education.uploadFile'], '/education/courses/{courseId}/files')
  assert.deepEqual(accountRoutes['auth.login'], ['POST', '/auth/login'])
  assert.equal(routes['auth.login'], undefined)
  assert.ok(Object.keys(routes).every(operation => !(operation in accountRoutes)))
})

test('what no source of the portal names is not carried', () => {
  const carried = { ...routes, ...accountRoutes }
  assert.equal(carried['auth.listAudit'], undefined)
  assert.ok(Object.keys(carried).length < 120, `${Object.keys(carried).length} routes`)
})
