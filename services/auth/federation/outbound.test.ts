import assert from 'node:assert/strict'
import { test } from 'node:test'
import { insideTransaction } from '@azora/kit/context.ts'
import { createOutbound, ProviderAway } from './outbound.ts'

const plain = { method: 'GET', headers: {}, body: undefined, redirect: 'manual' } as const

test('Nobody is asked without https, except this machine.', async () => {
  const outbound = createOutbound(200)
  for (const address of [
    'http://outside.example/token',
    'http://127.0.0.1.outside.example/',
    'file:///etc/passwd',
  ]) {
    await assert.rejects(outbound(address, plain), { name: 'ProviderAway', message: /not https/ }, address)
  }
})

test('Nobody is asked within a transaction.', async () => {
  const outbound = createOutbound(200)
  const asked = insideTransaction('auth', () => outbound('https://outside.example/token', plain))
  await assert.rejects(
    asked,
    failure => !(failure instanceof ProviderAway) && /transaction/.test(String(failure)),
  )
})
