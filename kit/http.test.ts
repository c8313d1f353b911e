import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, test } from 'node:test'
import { operation } from '@azora/contracts/operation.ts'
import express from 'express'
import { z } from 'zod'
import { AppError } from './errors.ts'
import { type Host, hostContract } from './http.ts'
import type { Actor, Identity } from './identity.ts'
import type { Logger } from './log.ts'
import { anonymousContext } from './request-context.ts'
import { sql } from './sql.ts'
import { createTestKit, type TestKit } from './testing.ts'

/** A small contract on a real server and a real database: what every operation of every service is kept to. */

const tags: [string] = ['notes']
const note = z.object({ id: z.string(), text: z.string() })
const contract = {
  readNote: operation({ method: 'GET', path: '/notes/{id}', access: 'public', summary: 'Read', tags })
    .input(z.object({ id: z.string(), big: z.coerce.boolean().default(false) }))
    .output(note),
  writeNote: operation({
    method: 'POST',
    path: '/notes',
    access: 'member',
    summary: 'Write',
    tags,
    successStatus: 201,
  })
    .input(z.object({ text: z.string().min(1).max(500_000), deep: z.unknown().optional() }))
    .output(note),
  removeNote: operation({
    method: 'DELETE',
    path: '/notes/{id}',
    access: 'people.manage',
    summary: 'Remove',
    tags,
  })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({ removed: z.boolean() }).nullable()),
}

const school = randomUUID()
const person = (roles: Actor['roles']): Actor => ({
  userId: randomUUID(),
  organizationId: school,
  sessionId: randomUUID(),
  roles,
})
const people = new Map([
  ['learner', person(['learner'])],
  ['other', person(['learner'])],
  ['admin', person(['admin'])],
])
const identity: Identity = {
  async verify(token) {
    const found = people.get(token)
    if (!found) throw new AppError(token === 'auth-away' ? 'unavailable' : 'unauthenticated')
    return found
  },
}

const logged: Record<string, unknown>[] = []
const log: Logger = { debug() {}, info() {}, warn() {}, error: (_, fields) => void logged.push(fields ?? {}) }

type Note = z.infer<typeof note>
const made = (text: string): Note => ({ id: randomUUID(), text })
let write: (input: { text: string }) => Promise<Note>
let reads: (id: string) => Promise<Note>
let removes: () => Promise<{ removed: boolean } | null>
let calls = 0
let kit: TestKit
let host: Host
let server: Server
let url: string

before(async () => {
  kit = await createTestKit({ name: 'education', migrations: new URL('./migrations/', import.meta.url) })
  host = hostContract({
    service: 'education',
    contract,
    handlers: {
      readNote: async input => reads((input as { id: string }).id),
      writeNote: async input => {
        calls += 1
        return write(input as { text: string })
      },
      removeNote: async () => {
        calls += 1
        return removes()
      },
    },
    identity,
    internalKey: null,
    db: kit.db,
    log,
    metrics: kit.metrics,
  })
  server = createServer(express().use(host.router))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(async () => {
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
  await kit.dispose()
})
beforeEach(() => {
  calls = 0
  logged.length = 0
  write = async input => made(input.text)
  reads = async id => ({ id, text: 'hello' })
  removes = async () => ({ removed: true })
})

type Options = { as?: string; key?: string; body?: string; type?: string }

async function ask(method: string, path: string, options: Options = {}) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(options.as ? { authorization: `Bearer ${options.as}` } : {}),
      ...(options.key ? { 'idempotency-key': options.key } : {}),
      ...(options.body !== undefined ? { 'content-type': options.type ?? 'application/json' } : {}),
    },
    ...(options.body !== undefined ? { body: options.body } : {}),
  })
  const body = (await response.json()) as Record<string, unknown> & {
    data: { fields?: { path: string; code: string }[]; detail?: string }
  }
  return { status: response.status, headers: response.headers, body }
}

const send = (body: unknown, options: Options = {}) =>
  ask('POST', '/notes', { as: 'learner', body: JSON.stringify(body), ...options })

describe('Access', () => {
  test('is decided before the input is looked at, and the handler is not reached.', async () => {
    const answers = [
      await ask('POST', '/notes', { body: '{broken' }),
      await ask('POST', '/notes', { as: 'stranger', body: '{broken' }),
      await ask('DELETE', '/notes/no-id', { as: 'learner' }),
      await ask('DELETE', '/notes/no-id', { as: 'admin' }),
    ]
    assert.deepEqual(
      answers.map(answer => [answer.status, answer.body.code]),
      [
        [401, 'unauthenticated'],
        [401, 'unauthenticated'],
        [403, 'forbidden'],
        [400, 'invalid_input'],
      ],
    )
    assert.equal(answers[0]?.headers.get('www-authenticate'), 'Bearer')
    assert.equal(calls, 0)
  })

  test('holds for calls from within the process as well.', async () => {
    await assert.rejects(host.invoke('writeNote', { text: 'x' }, anonymousContext), {
      code: 'unauthenticated',
    })
    const learner = { ...anonymousContext, actor: people.get('learner') ?? null }
    await assert.rejects(host.invoke('removeNote', { id: randomUUID() }, learner), { code: 'forbidden' })
    assert.equal(calls, 0)
    assert.equal(((await host.invoke('writeNote', { text: 'x' }, learner)) as Note).text, 'x')
  })

  test('to what is public still refuses a token that is wrong, and waits where it cannot be told.', async () => {
    assert.equal((await ask('GET', '/notes/1')).status, 200)
    assert.equal((await ask('GET', '/notes/1', { as: 'stranger' })).status, 401)
    assert.equal((await ask('GET', '/notes/1', { as: 'auth-away' })).status, 503)
  })

  test('shared caches may keep what is public and asked for by nobody, and nothing else.', async () => {
    const kept = async (as?: string) =>
      (await ask('GET', '/notes/1', as ? { as } : {})).headers.get('cache-control')
    assert.equal(await kept(), 'public, max-age=5')
    assert.equal(await kept('learner'), 'no-store')
    assert.equal((await send({ text: 'x' })).headers.get('cache-control'), 'no-store')
  })
})

describe('Input', () => {
  test('that is wrong is refused by field, and JSON that is none at all.', async () => {
    const wrong = await send({ text: '' })
    assert.deepEqual([wrong.status, wrong.body.data.fields?.[0]?.path], [400, 'text'])
    const bodies = ['{', '"text"', 'null', '\u0000', '{"text":"\ud800'] as const
    for (const body of bodies) {
      const answer = await ask('POST', '/notes', { as: 'learner', body })
      assert.deepEqual([answer.status, answer.body.code], [400, 'invalid_input'], JSON.stringify(body))
    }
    assert.equal((await send({ text: 'x' }, { type: 'text/plain' })).status, 400)
    assert.equal(calls, 0)
  })

  test('that is too large is refused as such.', async () => {
    const answer = await send({ text: 'x'.repeat(1_100_000) })
    assert.deepEqual([answer.status, answer.body.code], [413, 'payload_too_large'])
  })

  test('with characters that PostgreSQL cannot store is refused, wherever they stand, by their place.', async () => {
    const bodies: [string, string][] = [
      ['{"text":"a\\u0000b"}', 'text'],
      ['{"text":"a\\ud800b"}', 'text'],
      ['{"text":"x","deep":[{"a":["\\udc00"]}]}', 'deep.0.a.0'],
      ['{"text":"x","deep":{"\\u0000":1}}', 'deep'],
    ]
    for (const [body, path] of bodies) {
      const { status, body: answer } = await ask('POST', '/notes', { as: 'learner', body })
      const [field] = answer.data.fields ?? []
      assert.deepEqual([status, field?.path, field?.code], [400, path, 'invalid_character'], body)
    }
    assert.equal(calls, 0)
    const pair = await ask('POST', '/notes', { as: 'learner', body: '{"text":"\\ud83d\\ude00 \\u00fc"}' })
    assert.deepEqual([pair.status, pair.body.text], [201, '\u{1f600} ü'])
  })

  test('in an address that PostgreSQL cannot store is the sender\u2019s fault, not ours.', async () => {
    reads = async () => {
      await kit.db.pool.query('select $1::text', ['\u0000'])
      return made('never')
    }
    const answer = await ask('GET', '/notes/%00')
    assert.deepEqual([answer.status, answer.body.code], [400, 'invalid_input'])
    assert.deepEqual(logged, [])
  })
})

describe('An answer', () => {
  test('has the contract\u2019s status and nothing that the contract does not name.', async () => {
    write = async input => ({ ...made(input.text), passwordHash: 'secret' }) as Note
    const answer = await send({ text: 'x' })
    assert.equal(answer.status, 201)
    assert.deepEqual(Object.keys(answer.body).sort(), ['id', 'text'])
  })

  test('that is not of its shape is a bug, which tells nothing but its correlation id and is logged.', async () => {
    write = async () => ({ id: 7 }) as never
    const answer = await send({ text: 'x' })
    assert.deepEqual([answer.status, answer.body.code], [500, 'internal'])
    assert.deepEqual(Object.keys(answer.body.data), ['correlationId'])
    assert.equal(logged.length, 1)
    assert.equal((logged[0]?.failure as Error | undefined)?.name, 'ZodError')
  })

  test('of an expected failure has its code, says when to come again, and is not logged as a fault of ours.', async () => {
    write = async () => {
      throw new AppError('rate_limited', { retryAfterSeconds: 7 })
    }
    const answer = await send({ text: 'x' })
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '7'])
    assert.deepEqual(logged, [])
  })
})

test('A contract without a handler does not start.', () => {
  const { readNote, writeNote } = contract
  const handlers = { readNote: async () => made('') }
  const { db, metrics } = kit
  assert.throws(
    () =>
      hostContract({
        service: 'education',
        contract: { readNote, writeNote },
        handlers,
        identity,
        internalKey: null,
        db,
        log,
        metrics,
      }),
    /education\.writeNote has no handler/,
  )
})

describe('A write with an idempotency key', () => {
  test('that is sent again is answered as the first time, and done once.', async () => {
    const key = randomUUID()
    const first = await send({ text: 'once' }, { key })
    const again = await send({ text: 'once' }, { key })
    assert.deepEqual([first.status, again.status, calls], [201, 201, 1])
    assert.deepEqual(again.body, first.body)
  })

  test('whose answer is null is answered so again.', async () => {
    removes = async () => null
    const key = randomUUID()
    const path = `/notes/${randomUUID()}`
    const first = await ask('DELETE', path, { as: 'admin', key })
    const again = await ask('DELETE', path, { as: 'admin', key })
    assert.deepEqual([first.status, first.body, again.status, again.body, calls], [200, null, 200, null, 1])
  })

  test('that comes with another request is refused.', async () => {
    const key = randomUUID()
    await send({ text: 'one' }, { key })
    const other = await send({ text: 'two' }, { key })
    assert.deepEqual([other.status, other.body.code, calls], [409, 'idempotency_conflict', 1])
  })

  test('is its sender\u2019s own: another person may use the same.', async () => {
    const key = randomUUID()
    const mine = await send({ text: 'x' }, { key })
    const theirs = await send({ text: 'x' }, { key, as: 'other' })
    assert.deepEqual([mine.status, theirs.status, calls], [201, 201, 2])
    assert.notEqual(mine.body.id, theirs.body.id)
  })

  test('is done once though it comes ten times at once; the others wait or come again.', async () => {
    let release = () => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    write = async input => {
      await held
      return made(input.text)
    }
    const key = randomUUID()
    const attempts = Array.from({ length: 10 }, () => send({ text: 'x' }, { key }))
    // Nine are refused while the first is held; only then may it end.
    const refused: number[] = []
    const all = Promise.all(
      attempts.map(async attempt => {
        const { status } = await attempt
        if (status === 409 && refused.push(status) === 9) release()
        return status
      }),
    )
    assert.deepEqual((await all).sort(), [201, ...Array.from({ length: 9 }, () => 409)])
    assert.equal(calls, 1)
    assert.equal((await send({ text: 'x' }, { key })).status, 201)
    assert.equal(calls, 1)
  })

  test('that failed is free to be tried again, also when it broke.', async () => {
    const key = randomUUID()
    for (const failure of [new AppError('conflict'), new TypeError('a bug')]) {
      write = async () => {
        throw failure
      }
      assert.ok((await send({ text: 'x' }, { key })).status >= 400)
    }
    write = async input => made(input.text)
    assert.equal((await send({ text: 'x' }, { key })).status, 201)
    assert.equal(calls, 3)
  })

  test('whose process died in the middle is free again after a minute, and not before.', async () => {
    const key = randomUUID()
    await send({ text: 'x' }, { key })
    const age = (time: string) =>
      kit.db.across.run(sql`
        update idempotency_keys set response = null, created_at = now() - ${time}::interval where key = ${key}`)
    await age('30 seconds')
    assert.equal((await send({ text: 'x' }, { key })).status, 409)
    await age('61 seconds')
    assert.equal((await send({ text: 'x' }, { key })).status, 201)
    assert.equal(calls, 2)
  })

  test('must be short and visible.', async () => {
    for (const key of ['x'.repeat(201), 'a b', '\u00e9']) {
      const answer = await send({ text: 'x' }, { key })
      assert.deepEqual([answer.status, answer.body.data.fields?.[0]?.path], [400, 'Idempotency-Key'], key)
    }
    assert.equal(calls, 0)
  })
})
