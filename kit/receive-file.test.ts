import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { test } from 'node:test'
import express from 'express'
import { answerFailure } from './answer-failure.ts'
import type { Blobs } from './blobs.ts'
import type { AppError } from './errors.ts'
import { createLog } from './log.ts'
import { receiveBody } from './receive-file.ts'

/** Takes a few bytes and then has no space, as a disk does that fills up under an upload. */
function fullAfter(bytes: number): Blobs {
  return {
    async put(_key, content) {
      let taken = 0
      const disk = new Writable({
        write(chunk: Buffer, _encoding, done) {
          taken += chunk.length
          done(taken > bytes ? Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }) : null)
        },
      })
      await pipeline(content, disk)
      return taken
    },
    get: async () => null,
    delete: async () => {},
  }
}

async function withReceiver<T>(
  blobs: Blobs,
  mostBytes: number,
  work: (port: number) => Promise<T>,
): Promise<T> {
  const app = express()
  const log = createLog({ level: 'error', file: null, console: false })('test')
  app.post('/', async (req, res) => {
    try {
      res.json(await receiveBody(req, blobs, 'key', 'text/plain', mostBytes))
    } catch (failure) {
      answerFailure(req, res, failure, log)
    }
  })
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    return await work((server.address() as AddressInfo).port)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

/** Send a body whole before looking at the answer, as browsers do. */
function send(port: number, bytes: number): Promise<{ status: number; code: string }> {
  return new Promise((resolve, reject) => {
    const req = request(
      { port, host: '127.0.0.1', method: 'POST', path: '/', timeout: 10_000 },
      async res => {
        const text = (await Readable.from(res).toArray()).join('')
        resolve({ status: res.statusCode ?? 0, code: JSON.parse(text).code })
      },
    )
    req.on('timeout', () => req.destroy(new Error('left hanging')))
    req.on('error', reject)
    const piece = Buffer.alloc(65_536, 'x')
    let left = bytes
    Readable.from(
      (function* () {
        for (; left > 0; left -= piece.length) yield piece
      })(),
    ).pipe(req)
  })
}

test('An upload that meets a full disk is answered 503, however much of it is still to come.', async () => {
  for (const bytes of [200_000, 8_000_000, 30_000_000]) {
    const answer = await withReceiver(fullAfter(100_000), 1e9, port => send(port, bytes))
    assert.deepEqual(answer, { status: 503, code: 'storage_full' }, `${bytes} bytes`)
  }
})

test('An upload that turns out too large is answered 413, also in mid-body.', async () => {
  const answer = await withReceiver(fullAfter(1e9), 100_000, port => send(port, 8_000_000))
  assert.deepEqual(answer, { status: 413, code: 'payload_too_large' })
})

test('An upload that the client breaks off ends on our side as well.', async () => {
  const ended = Promise.withResolvers<unknown>()
  const blobs: Blobs = {
    ...fullAfter(1e9),
    put: (_key, content) =>
      pipeline(content, new Writable({ write: (_chunk, _encoding, done) => done() })).then(
        () => 0,
        failure => {
          ended.resolve(failure)
          throw failure
        },
      ),
  }
  await withReceiver(blobs, 1e9, async port => {
    const req = request({ port, host: '127.0.0.1', method: 'POST', path: '/' })
    req.on('error', () => {})
    req.write('x'.repeat(100_000), () => setTimeout(() => req.destroy(), 50))
    assert.equal(((await ended.promise) as { code?: string }).code, 'ERR_STREAM_PREMATURE_CLOSE')
  })
})

test('An upload that was broken off before it is received is refused, and waits for nothing.', async () => {
  const ended = Promise.withResolvers<unknown>()
  const server = createServer(async (req, res) => {
    req.on('error', () => {})
    await once(res, 'close')
    receiveBody(req as express.Request, fullAfter(1e9), 'key', 'text/plain', 1e9).then(
      () => ended.resolve(null),
      ended.resolve,
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const headers = { 'content-length': 5000 }
  const req = request({ port, host: '127.0.0.1', method: 'POST', path: '/', headers })
  req.on('error', () => {})
  req.write('x'.repeat(1000), () => setTimeout(() => req.destroy(), 50))
  try {
    assert.equal(((await ended.promise) as AppError).data.reason, 'upload_interrupted')
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
