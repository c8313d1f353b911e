import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ServiceName as Service } from '@azora/contracts/service-names.ts'
import { ApiError } from '@azora/web/calls/failures.ts'
import fc from 'fast-check'
import { eventOrder, keyOf, type ServiceEvent } from './event-list.ts'
import { type FailedJob, jobOrder } from './job-order.ts'
import { pageOfAll, pageSize } from './page-of-all.ts'

const services = ['auth', 'education', 'assessment', 'integrations'] as const

const event = (number: number, service: Service, direction: ServiceEvent['direction']): ServiceEvent => ({
  id: String(number).padStart(6, '0'),
  name: 'user.created',
  direction,
  status: 'done',
  attempts: 0,
  error: null,
  correlationId: 'c',
  at: '2026-01-01T00:00:00Z',
  service,
})

/** Services that list their events as the API does: newest first, page by page. */
function servicesWith(events: ServiceEvent[]) {
  return async (service: Service, cursor: string | undefined) => {
    const own = events
      .filter(one => one.service === service)
      .sort((a, b) => (a.id === b.id ? (a.direction < b.direction ? 1 : -1) : a.id < b.id ? 1 : -1))
    const from = Number(cursor ?? 0)
    const next = from + pageSize
    return { items: own.slice(from, next), nextCursor: next < own.length ? String(next) : null }
  }
}

async function allPages(ask: ReturnType<typeof servicesWith>) {
  const pages: ServiceEvent[][] = []
  for (let cursor: string | undefined; ; ) {
    const page = await pageOfAll(services, cursor, eventOrder, ask)
    pages.push(page.items)
    if (page.nextCursor === null) return pages
    cursor = page.nextCursor
  }
}

test('the events of all services come page by page, each once, newest first', async () => {
  const some = fc.uniqueArray(
    fc.tuple(
      fc.nat(400),
      fc.constantFrom(...services),
      fc.constantFrom('published' as const, 'received' as const),
    ),
    { selector: String, maxLength: 400 },
  )
  await fc.assert(
    fc.asyncProperty(some, async given => {
      const events = given.map(one => event(...one))
      const pages = await allPages(servicesWith(events))
      const listed = pages.flat()
      assert.deepEqual(listed.map(keyOf).sort(), events.map(keyOf).sort())
      assert.deepEqual(
        listed.map(one => one.id),
        listed.map(one => one.id).toSorted((a, b) => (a < b ? 1 : -1)),
      )
      for (const page of pages) assert.ok(page.length <= pageSize)
    }),
    { numRuns: 60 },
  )
})

test('a service that does not answer is named, and the others are shown', async () => {
  const ask = servicesWith([event(1, 'education', 'published')])
  const page = await pageOfAll(services, undefined, eventOrder, async (service, cursor) => {
    if (service === 'auth')
      throw new ApiError({ code: 'unavailable', message: 'Away.', status: 503, data: {} })
    return ask(service, cursor)
  })
  assert.deepEqual([page.silent, page.items.map(keyOf)], [['auth'], ['000001/education/published']])
})

test('the failed jobs of all services come page by page, each once, the highest number first', async () => {
  const jobs = Array.from({ length: 130 }, (_, at) => ({
    // From two digits to three: as text, the order would be another one.
    id: String(at + 40),
    service: services[at % 3 === 0 ? 0 : 1],
  }))
  const ask = async (service: Service, cursor: string | undefined) => {
    const own = jobs
      .filter(job => job.service === service && (cursor === undefined || Number(job.id) < Number(cursor)))
      .sort((a, b) => Number(b.id) - Number(a.id))
      .map(({ id }): FailedJob => ({ id, task: 'a.b', attempts: 1, error: null, at: '2026-01-01T00:00:00Z' }))
    const items = own.slice(0, pageSize)
    return { items, nextCursor: own.length > pageSize ? (items.at(-1)?.id ?? null) : null }
  }
  const listed: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await pageOfAll(services, cursor, jobOrder, ask)
    listed.push(...page.items.map(job => job.id))
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  assert.deepEqual(listed, jobs.map(job => job.id).reverse())
})
