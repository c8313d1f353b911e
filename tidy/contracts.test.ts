import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contract, fileContract } from '@azora/contracts/contract.ts'
import type { AnyContractProcedure } from '@orpc/contract'

type Named = [name: string, service: string, procedure: AnyContractProcedure]

const operations: Named[] = [contract, fileContract].flatMap(contracts =>
  Object.entries(contracts).flatMap(([service, procedures]) =>
    Object.entries(procedures as Record<string, AnyContractProcedure>).map(
      ([name, procedure]): Named => [`${service}.${name}`, service, procedure],
    ),
  ),
)

test('Every operation says in a sentence what it does, and stands under its service.', () => {
  assert.ok(operations.length > 0)
  for (const [name, service, procedure] of operations) {
    const { route, outputSchema } = procedure['~orpc']
    assert.match(
      route.summary ?? '',
      /^[A-Z].{9,}\.$/s,
      `${name}: give it a summary, a sentence that ends in a full stop.`,
    )
    assert.ok(route.path?.startsWith(`/${service}/`), `${name}: its path begins with /${service}/.`)
    assert.deepEqual(route.tags, [service], `${name}: its one tag is the service.`)
    assert.ok(outputSchema, `${name}: say what it answers.`)
  }
})

test('No two operations share a method and a path.', () => {
  const places = operations.map(
    ([
      ,
      ,
      {
        '~orpc': { route },
      },
    ]) => `${route.method} ${route.path?.replace(/\{\w+\}/g, '{}')}`,
  )
  assert.deepEqual(
    places.filter((place, at) => places.indexOf(place) !== at),
    [],
  )
})
