import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startGateway, statusOfRaw } from '@azora/service-gateway/testing.ts'
import { openTestSandbox } from './testing.ts'

type Gateway = Awaited<ReturnType<typeof startGateway>>

async function within(
  stripeSandbox: (() => Promise<string | null>) | undefined,
  work: (gateway: Gateway) => Promise<void>,
) {
  const gateway = await startGateway({ stripeSandbox })
  try {
    await work(gateway)
  } finally {
    await gateway.close()
  }
}

const visa = {
  number: '4242 4242 4242 4242',
  expiry: '12 / 34',
  cvc: '123',
  name: 'Lindiwe',
  email: 'l@school.example',
}

test('The gateway shows the pages while the sandbox runs, and nothing else of it.', async t => {
  const { stripe, sandbox } = await openTestSandbox(t)
  const { url } = await stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [{ price_data: { currency: 'zar', unit_amount: 45_000, product_data: { name: 'Ethics' } } }],
    success_url: 'https://school.example/paid',
  })
  const path = new URL(url ?? '').pathname
  await within(
    async () => sandbox.url,
    async gateway => {
      const page = await fetch(`${gateway.url}${path}`)
      assert.equal(page.status, 200)
      assert.match(
        page.headers.get('content-security-policy') ?? '',
        /^default-src 'none'; style-src 'sha256-/,
      )
      const token = /name="token" value="(\w+)"/.exec(await page.text())?.[1] ?? ''
      const body = () => new URLSearchParams({ ...visa, token })
      const elsewhere = await fetch(`${gateway.url}${path}`, {
        method: 'POST',
        headers: { origin: 'https://evil.example' },
        body: body(),
      })
      assert.equal(elsewhere.status, 403)
      const paid = await fetch(`${gateway.url}${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin: new URL(gateway.url).origin },
        body: body(),
      })
      assert.equal(paid.status, 303)
      for (const other of [
        '/sandbox/stripe',
        '/sandbox/stripe/',
        '/sandbox/stripe/pay',
        '/sandbox/stripe/v1/charges',
      ]) {
        assert.equal((await fetch(`${gateway.url}${other}`)).status, 404, other)
      }
      for (const raw of ['/sandbox/stripe/../../v1/charges', '/sandbox/stripe/%2e%2e/%2e%2e/v1/charges']) {
        assert.ok((await statusOfRaw(gateway.port, raw)) >= 400, raw)
      }
      const put = await fetch(`${gateway.url}${path}`, { method: 'PUT' })
      assert.equal(put.status, 405)
    },
  )
  await within(
    async () => 'http://127.0.0.1:1',
    async gateway => assert.equal((await fetch(`${gateway.url}${path}`)).status, 503),
  )
  for (const stripeSandbox of [undefined, async () => null]) {
    await within(stripeSandbox, async gateway => {
      assert.equal((await fetch(`${gateway.url}${path}`)).status, 404)
    })
  }
})
