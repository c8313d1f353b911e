import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { connectionLimits, limitConnections } from './connection-limits.ts'

async function withServer(
  options: Parameters<typeof limitConnections>[1],
  work: (port: number) => Promise<void>,
): Promise<void> {
  const server = createServer((req, res) => {
    arrive(req, res)
    req.resume()
    req.on('end', () => res.end('done'))
  })
  const arrive = limitConnections(server, options)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    await work((server.address() as AddressInfo).port)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const limits = { ...connectionLimits, graceMs: 150, jsonMs: 300, everyMs: 20, leastBytesPerSecond: 5_000 }

/** Send pieces at a pace until there is an answer, or so many are sent. */
function drip(port: number, type: string, piece: number, everyMs: number, pieces: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const req = request(
      { port, host: '127.0.0.1', method: 'POST', headers: { 'content-type': type } },
      res => {
        clearInterval(timer)
        res.resume()
        resolve(res.statusCode ?? 0)
      },
    )
    req.on('error', reject)
    let sent = 0
    const timer = setInterval(() => {
      if (sent++ < pieces) req.write(Buffer.alloc(piece))
      else req.end()
    }, everyMs)
  })
}

test('A body that drips is given up, one on a slow line is not, and JSON has an end in any case.', async () => {
  await withServer({ byAddress: true, limits }, async port => {
    assert.equal(await drip(port, 'application/octet-stream', 1, 20, 100), 408)
    assert.equal(await drip(port, 'application/octet-stream', 2000, 20, 40), 200)
    assert.equal(await drip(port, 'application/json', 2000, 20, 100), 408)
    assert.equal(await drip(port, 'application/json', 2000, 5, 10), 200)
  })
})

/** How many of so many connections are still open when the server has seen them all. */
async function open(port: number, count: number): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, () => connect(port, '127.0.0.1').on('error', () => {}))
  const settled = sockets.map(
    socket =>
      new Promise<void>(resolve => {
        socket.once('close', resolve)
        socket.once('data', () => resolve())
        socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
      }),
  )
  await Promise.all(settled)
  return sockets.filter(socket => !socket.destroyed)
}

test('One address has so many connections and no more, and gets new ones when it closes some.', async () => {
  await withServer({ byAddress: true, limits: { ...limits, mostPerAddress: 3 } }, async port => {
    const held = await open(port, 5)
    assert.equal(held.length, 3)
    held[0]?.destroy()
    while ((await open(port, 1)).length === 0) await new Promise(resolve => setImmediate(resolve))
  })
})

test('Where all come from a proxy, it is not counted by address; the process has its bound all the same.', async () => {
  await withServer({ byAddress: false, limits: { ...limits, mostPerAddress: 1, most: 4 } }, async port => {
    assert.equal((await open(port, 6)).length, 4)
  })
})
