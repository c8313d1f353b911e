import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import express, { Router } from 'express'
import { alsoAtPrefix } from './prefix.ts'

test('A service answers below its prefix as below its name, and nowhere else.', async t => {
  const router = Router({ caseSensitive: true })
  router.get('/study-hall/rooms/:room', (req, res) => {
    res.json([req.params.room, req.query.full])
  })
  const server = express()
    .use('/api/v1', alsoAtPrefix('study-hall', router, 'classroom'))
    .listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  const ask = (path: string) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1${path}`)
  for (const name of ['study-hall', 'classroom']) {
    const answer = await ask(`/${name}/rooms/7?full=yes`)
    assert.deepEqual([answer.status, await answer.json()], [200, ['7', 'yes']], name)
  }
  for (const path of [
    '/classroom/study-hall/rooms/7',
    '/Classroom/rooms/7',
    '/classroom',
    '/classrooms/rooms/7',
  ])
    assert.equal((await ask(path)).status, 404, path)
})
