import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { openStripe } from '@azora/kit/stripe.ts'
import { startSandbox } from '../../apps/azora/embedded/stripe/sandbox.ts'
import { silentLog } from '../../apps/azora/embedded/stripe/testing.ts'
import { startSystem, until } from '../system.ts'

test('an installation whose Stripe sandbox has state brings it back after each kill, and its gateway shows its pages', async () => {
  const system = await startSystem('single')
  try {
    const stateOf = async () => {
      const { parts } = (await (await fetch(`${system.url}/health/parts`)).json()) as {
        parts: Record<string, string>
      }
      return parts['stripe-sandbox']
    }
    await system.kill('auth')
    const folder = join(system.dataDir, 'stripe-sandbox')
    await mkdir(folder, { recursive: true })
    const sandbox = await startSandbox({ folder, publicUrl: system.url, webhookUrl: null, log: silentLog })
    const { secretKey, webhookSecret, url: sandboxUrl } = sandbox
    const { api } = await openStripe({ secretKey, webhookSecret, sandboxUrl })
    const session = await api.checkout.sessions.create({
      mode: 'setup',
      currency: 'zar',
      success_url: `${system.url}/learn`,
    })
    await sandbox.stop()
    for (const revival of [1, 2]) {
      await system.revive('auth')
      await until('the sandbox answers', async () => (await stateOf()) === 'up')
      const page = await fetch(session.url ?? '')
      assert.equal(page.status, 200, `after ${revival}`)
      assert.match(await page.text(), /no real money moves/)
      assert.equal((await fetch(`${system.url}/sandbox/stripe/v1/customers`)).status, 404)
      await system.kill('auth')
    }
  } finally {
    await system.stop()
  }
})
