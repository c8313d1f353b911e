import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, test } from 'node:test'
import { operation } from '@azora/contracts/operation.ts'
import { once } from '@azora/contracts/shown-once.ts'
import express from 'express'
import { z } from 'zod'
import { AppError } from './errors.ts'
import { type Host, hostContract } from './http.ts'
import type { Actor } from './identity.ts'
import { createInternalKey } from './internal-key.ts'
import { anonymousContext } from './request-context.ts'
import { sql } from './sql.ts'
import { createTestKit, type TestKit } from './testing.ts'

/** Who may not write although their rights would allow it, and which writes are not answered twice. */

const tags: [string] = ['notes']
const text = z.object({ text: z.string() })

const contract = {
  readNote: operation({ method: 'GET', path: '/notes/{id}', access: 'member', summary: 'Read', tags })
    .input(z.object({ id: z.string() }))
    .output(z.object({ id: z.string() })),
  checkNote: operation({
    method: 'POST',
    path: '/notes/check',
    access: 'member',
    reads: true,
    summary: 'Check',
    tags,
  })
    .input(text)
    .output(z.object({ good: z.boolean() })),
  writeNote: operation({ method: 'POST', path: '/notes', access: 'member', summary: 'Write', tags })
    .input(text)
    .output(z.object({ id: z.string() })),
  sealNote: operation({
    method: 'POST',
    path: '/notes/seal',
    access: 'member',
    grants: true,
    summary: 'Seal',
    tags,
  })
    .input(text)
    .output(z.object({ id: z.string(), secret: once(z.string()) })),
  closeNotes: operation({
    method: 'POST',
    path: '/notes/close',
    access: 'member',
    whileImpersonating: true,
    summary: 'Close',
    tags,
  })
    .input(z.object({}))
    .output(z.object({ closed: z.boolean() })),
}

const actor = (more: Partial<Actor>): Actor => ({
  userId: randomUUID(),
  organizationId: randomUUID(),
  sessionId: randomUUID(),
  roles: ['admin'],
  authenticatedAt: Date.now() / 1000,
  ...more,
})
const people = new Map([
  ['proven', actor({})],
  ['borrowed', actor({ impersonatorId: randomUUID() })],
])

let calls = 0
let seal: () => Promise<{ id: string; secret: string }>
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
      readNote: async () => ({ id: 'x' }),
      checkNote: async () => ({ good: true }),
      writeNote: async () => {
        calls += 1
        return { id: 'x' }
      },
      sealNote: async () => {
        calls += 1
        return seal()
      },
      closeNotes: async () => ({ closed: true }),
    },
    identity: {
      async verify(token) {
        const found = people.get(token)
        if (!found) throw new AppError('unauthenticated')
        return found
      },
    },
    internalKey: createInternalKey('a secret of this test'),
    db: kit.db,
    log: kit.log,
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
  seal = async () => ({ id: randomUUID(), secret: 'shown this once' })
})

async function ask(method: string, path: string, as: string, body?: object, key?: string) {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${as}`,
      'content-type': 'application/json',
      ...(key ? { 'idempotency-key': key } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return { status: answer.status, body: (await answer.json()) as { code?: string; secret?: string } }
}

describe('Somebody who looks through another person’s eyes', () => {
  test('reads, also by a method that is no GET.', async () => {
    assert.equal((await ask('GET', '/notes/1', 'borrowed')).status, 200)
    assert.equal((await ask('POST', '/notes/check', 'borrowed', { text: 'x' })).status, 200)
  })

  test('writes nothing, whatever rights come with the eyes.', async () => {
    for (const path of ['/notes', '/notes/seal']) {
      const { status, body } = await ask('POST', path, 'borrowed', { text: 'x' })
      assert.deepEqual([status, body.code], [403, 'impersonation_read_only'], path)
      assert.equal((await ask('POST', path, 'proven', { text: 'x' })).status, 200)
    }
    assert.equal(calls, 2)
  })

  test('writes nothing through a call within the process either.', async () => {
    const context = { ...anonymousContext, actor: people.get('borrowed') as Actor }
    await assert.rejects(host.invoke('writeNote', { text: 'x' }, context), {
      code: 'impersonation_read_only',
    })
  })

  test('may do what the contract says they may.', async () => {
    assert.equal((await ask('POST', '/notes/close', 'borrowed', {})).status, 200)
  })
})

describe('A write whose answer shows a secret', () => {
  const sealed = (key: string) => ask('POST', '/notes/seal', 'proven', { text: 'a pass word' }, key)

  test('is refused when its idempotency key comes again, and the secret is kept nowhere.', async () => {
    const key = randomUUID()
    const first = await sealed(key)
    assert.deepEqual([first.status, first.body.secret], [200, 'shown this once'])
    const again = await sealed(key)
    assert.deepEqual([again.status, again.body.code, calls], [409, 'already_done', 1])
    const rows = await kit.db.across.rows<{ requestHash: string }>(
      sql`select * from idempotency_keys where key = ${key}`,
    )
    assert.doesNotMatch(JSON.stringify(rows), /shown this once/)
    // A bare hash of the request would give away a password to anyone who guesses.
    for (const request of ['sealNote {"text":"a pass word"}', 'sealNote{"text":"a pass word"}']) {
      const guessed = createHash('sha256').update(request).digest('base64url')
      assert.notEqual(rows[0]?.requestHash, guessed)
    }
  })

  test('is done once though it comes four times at once.', async () => {
    const key = randomUUID()
    const answers = await Promise.all([sealed(key), sealed(key), sealed(key), sealed(key)])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409])
    for (const { body } of answers)
      assert.ok(body.secret || ['conflict', 'already_done'].includes(body.code ?? ''))
    assert.equal(calls, 1)
  })

  test('is free to be tried again when it failed.', async () => {
    const key = randomUUID()
    seal = async () => {
      throw new AppError('conflict')
    }
    assert.equal((await sealed(key)).status, 409)
    seal = async () => ({ id: randomUUID(), secret: 'second' })
    assert.equal((await sealed(key)).body.secret, 'second')
  })
})

test('A write that a constraint refuses was overtaken by another: a conflict, and none of our faults.', async () => {
  const { organizationId } = people.get('proven') as Actor
  const id = randomUUID()
  seal = async () => {
    await kit.db.in(organizationId).run(sql`
      insert into documents (organization_id, collection, id, body) values (${organizationId}, 'notes', ${id}, '{}')`)
    return { id, secret: 'once' }
  }
  assert.equal((await ask('POST', '/notes/seal', 'proven', { text: 'x' })).status, 200)
  const { status, body } = await ask('POST', '/notes/seal', 'proven', { text: 'x' })
  assert.deepEqual([status, body.code], [409, 'conflict'])
})
