import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contract, services } from './contract.ts'
import { events } from './events.ts'
import { serviceNames } from './service-names.ts'

/** Schemas, roles and parts of an installation that are no services. */
const taken = ['azora', 'extensions', 'gateway', 'health', 'jobs', 'portal', 'public']

test('Every service of the registry is known by its name, once.', () => {
  assert.deepEqual(Object.keys(services).sort(), [...serviceNames].sort())
  assert.deepEqual(Object.keys(contract).sort(), [...serviceNames].sort())
  for (const [name, service] of Object.entries(services)) assert.equal(service.name, name)
})

test('A name is of lower-case words with hyphens between, and so is a prefix; no address belongs to two services.', () => {
  const segments = Object.values(services).flatMap(({ name, prefix }) => (prefix ? [name, prefix] : [name]))
  for (const segment of segments) {
    assert.match(segment, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
    assert.ok(!taken.includes(segment), `${segment} is the name of something else.`)
  }
  assert.equal(new Set(segments).size, segments.length)
})

test('No two services publish an event of the same name first.', () => {
  const names = Object.values(services).flatMap(service => Object.keys(service.events))
  assert.equal(new Set(names).size, names.length)
  assert.deepEqual(names.sort(), Object.keys(events).sort())
})
