import assert from 'node:assert/strict'
import { registerHooks } from 'node:module'
import { test } from 'node:test'

test('A process of the whole system loads no library of servers that it may not have, nor what few of its people use.', async () => {
  const loaded: string[] = []
  const hooks = registerHooks({
    resolve(address, context, next) {
      const found = next(address, context)
      loaded.push(found.url)
      return found
    },
  })
  await Promise.all([import('./serve.ts'), import('./process.ts'), import('./embedded/servers.ts')])
  hooks.deregister()
  const of = (name: string) => loaded.filter(url => url.includes(`/node_modules/${name}/`))
  for (const name of ['pg', 'jose']) assert.ok(of(name).length > 0, name)
  for (const name of ['ioredis', 'amqplib', '@simplewebauthn/server', 'qrcode', 'stripe'])
    assert.deepEqual(of(name), [])
})
