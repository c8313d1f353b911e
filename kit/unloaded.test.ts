import assert from 'node:assert/strict'
import { registerHooks } from 'node:module'
import { test } from 'node:test'

test('The libraries of MongoDB, SMTP and S3 are not loaded by a process that has none of them.', async () => {
  const loaded: string[] = []
  const hooks = registerHooks({
    resolve(address, context, next) {
      const found = next(address, context)
      loaded.push(found.url)
      return found
    },
  })
  await import('./testing.ts')
  hooks.deregister()
  const of = (name: string) => loaded.filter(url => url.includes(`/node_modules/${name}/`))
  assert.ok(of('pg').length > 0)
  for (const name of ['mongodb', 'nodemailer', '@aws-sdk/client-s3']) assert.deepEqual(of(name), [])
})
