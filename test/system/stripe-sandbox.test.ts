import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemUnderTest } from '../api.ts'

const { url, mode } = systemUnderTest()

test('No page of the Stripe sandbox is shown that nobody made, and its API cannot be reached.', async () => {
  for (const path of ['/sandbox/stripe', '/sandbox/stripe/pay/cs_none', '/sandbox/stripe/v1/charges']) {
    assert.equal((await fetch(`${url}${path}`)).status, 404, path)
  }
})

test('In a cluster the gateway finds the sandbox that the process above it runs.', {
  skip: mode === 'single' && 'It starts when it is first used.',
}, async () => {
  const { parts } = (await (await fetch(`${url}/health/parts`)).json()) as { parts: Record<string, string> }
  assert.equal(parts['stripe-sandbox'], 'up')
  assert.match(await (await fetch(`${url}/sandbox/stripe/pay/cs_none`)).text(), /There is no such page/)
})
