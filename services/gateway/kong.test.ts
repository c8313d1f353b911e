import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { versions } from '@azora/contracts/contract.ts'
import type { OperationMeta } from '@azora/contracts/operation.ts'
import type { AnyContractProcedure } from '@orpc/contract'
import { parse } from 'yaml'
import { type KongRoute, kongConfiguration, printKong } from './kong.ts'
import { readLimits } from './limits.ts'

const options = { limits: readLimits(null), urls: {}, corsOrigins: [], keys: [] }
const file = readFileSync(new URL('../../deploy/kong/kong.yaml', import.meta.url), 'utf8')
const routes = kongConfiguration(options).services.flatMap(service => service.routes)

/** The route that Kong takes: of those that fit, the one with the highest priority. */
function taken(method: string, path: string): KongRoute[] {
  const fitting = routes.filter(
    route =>
      route.methods.includes(method) &&
      route.paths.some(pattern => new RegExp(`^${pattern.slice(1)}`).test(path)),
  )
  const highest = Math.max(...fitting.map(route => route.regex_priority))
  return fitting.filter(route => route.regex_priority === highest)
}

const operations = Object.entries(versions).flatMap(([version, { contract, files }]) =>
  [contract, files].flatMap(contracts =>
    Object.entries(contracts as Record<string, Record<string, AnyContractProcedure>>).flatMap(
      ([service, procedures]) =>
        Object.entries(procedures).map(([name, procedure]) => ({
          name: `${version}.${service}.${name}`,
          method: procedure['~orpc'].route.method ?? 'POST',
          path: `/api/${version}${procedure['~orpc'].route.path}`,
          meta: procedure['~orpc'].meta as unknown as OperationMeta,
        })),
    ),
  ),
)

test('The file that is kept is what the contracts come to today.', () => {
  assert.equal(file, printKong(options), 'Run `npm run --silent azora -- kong > deploy/kong/kong.yaml`.')
  assert.equal(parse(file)._format_version, '3.0')
})

test('Each operation for outsiders has one route that is taken for it, and no other operation has one.', () => {
  for (const { name, method, path, meta } of operations) {
    const example = path.replace(/\{\w+\}/g, '019f0000-0000-7000-8000-00000000000a')
    const found = taken(method, example).map(route => route.name)
    if (meta.access === 'internal') assert.ok(!routes.some(route => route.name === name), name)
    else assert.deepEqual(found, [name])
  }
})

test('What is not public asks for a token.', () => {
  for (const { name, meta } of operations.filter(({ meta }) => meta.access !== 'internal')) {
    const route = routes.find(found => found.name === name)
    const asks = route?.plugins?.some(plugin => plugin.name === 'jwt') ?? false
    assert.equal(asks, meta.access !== 'public', name)
  }
})

test('Only listed origins are let in: without any there is no rule, which Kong would take for all.', () => {
  const corsOf = (corsOrigins: string[]) =>
    kongConfiguration({ ...options, corsOrigins }).plugins.find(plugin => plugin.name === 'cors')
  assert.equal(corsOf([]), undefined)
  assert.deepEqual(corsOf(['https://app.example'])?.config.origins, ['https://app.example'])
})
