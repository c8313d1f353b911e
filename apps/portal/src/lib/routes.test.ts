import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contract } from '@azora/contracts/contract.ts'
import { accountRoutes } from './account-routes.ts'
import { routes } from './routes.ts'

type Described = { '~orpc': { route: { method: string; path: string } } }

test('every route that the browser knows is the one that the contract states', () => {
  for (const [operation, [method, path]] of Object.entries({ ...routes, ...accountRoutes })) {
    const [service, name] = operation.split('.') as [keyof typeof contract, string]
    const described = (contract[service] as unknown as Record<string, Described | undefined>)[name]
    assert.ok(described, `${operation} is in no contract`)
    const { route } = described['~orpc']
    assert.deepEqual([method, path], [route.method, route.path], operation)
  }
})
