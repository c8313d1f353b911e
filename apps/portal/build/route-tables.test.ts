import assert from 'node:assert/strict'
import { test } from 'node:test'
import { routes as everyRoute } from '@azora/web/vite/contract-tables.ts'
import { operationsIn, routeTables } from './route-tables.ts'

const tables = await routeTables()
const { routes, uploads } = tables['routes.js']
const { accountRoutes } = tables['account-routes.js']

test('an operation is seen where it is called, and one that would not be seen stops the build', () => {
  assert.deepEqual(operationsIn("call('education.enroll', {})\nt('account.title')", 'a.ts'), [
    'education.enroll',
  ])
  for (const quote of ['"', '`'])
    assert.throws(() => operationsIn(`call(${quote}education.enroll${quote}, {})`, 'a.ts'), /a\.ts: name/)
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
  const [some, all] = [carried, everyRoute].map(table => Object.keys(table).length) as [number, number]
  assert.ok(some < all * 0.7, `${some} routes of ${all}`)
})
