import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyMessage, WebhookVerificationError } from './webhook-signature.ts'

// The example that the libraries of the Standard Webhooks project are tested with.
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const body = '{"test": 2432232314}'
const headers = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}
const then = { now: 1_614_265_330_000 }
const forged = (work: Promise<unknown>) => assert.rejects(work, WebhookVerificationError)

test('The published example is believed, with headers and bodies in every form.', async () => {
  const bytes = new TextEncoder().encode(body)
  const upper = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
  )
  for (const form of [headers, upper, new Headers(headers)])
    for (const text of [body, bytes])
      assert.deepEqual(await verifyMessage(secret, form, text, then), { test: 2432232314 })
})

test('One right signature among several is enough, and one right secret of two.', async () => {
  const several = { ...headers, 'webhook-signature': `v1,AAAA v2,x ${headers['webhook-signature']}` }
  await verifyMessage(['whsec_AAAA', secret], several, body, then)
})

test('A message that was changed, signed otherwise or not at all is refused.', async () => {
  await forged(verifyMessage(secret, headers, body.replace('4', '5'), then))
  await forged(verifyMessage(secret, headers, `${body} `, then))
  await forged(verifyMessage('whsec_AAAA', headers, body, then))
  await forged(verifyMessage([], headers, body, then))
  for (const change of [
    { 'webhook-id': 'other' },
    { 'webhook-timestamp': '1614265331' },
    { 'webhook-signature': headers['webhook-signature'].slice(3) },
    { 'webhook-signature': headers['webhook-signature'].replace('v1', 'v2') },
    { 'webhook-signature': 'v1,' },
    { 'webhook-signature': 'v1,%%%' },
    { 'webhook-signature': '' },
  ])
    await forged(verifyMessage(secret, { ...headers, ...change }, body, then))
  for (const name of Object.keys(headers))
    await forged(verifyMessage(secret, { ...headers, [name]: undefined }, body, then))
})

test('An old message is refused, and one from the future: somebody may have kept it to send it again.', async () => {
  for (const offset of [-301, 301])
    await forged(verifyMessage(secret, headers, body, { now: then.now + offset * 1000 }))
  await verifyMessage(secret, headers, body, { now: then.now + 299_000 })
  await verifyMessage(secret, headers, body, { now: then.now + 3_600_000, toleranceSeconds: 7200 })
  for (const timestamp of ['', '1614265330.5', '-1', 'NaN', '1e9', ' 1614265330'])
    await forged(verifyMessage(secret, { ...headers, 'webhook-timestamp': timestamp }, body, then))
})
