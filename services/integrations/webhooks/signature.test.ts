import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWebhookSecret, signedHeaders } from './signature.ts'

// The example that the libraries of the Standard Webhooks project are tested with.
const published = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: 1_614_265_330,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}

test('The published example of Standard Webhooks is signed as published.', () => {
  const { secret, signature, ...message } = published
  assert.deepEqual(signedHeaders([secret], message), {
    'webhook-id': message.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': signature,
  })
})

test('While two secrets are good, both sign.', () => {
  const { secret, signature, ...message } = published
  const other = createWebhookSecret()
  const both = signedHeaders([other, secret], message)['webhook-signature']?.split(' ')
  assert.equal(both?.length, 2)
  assert.equal(both?.[1], signature)
  assert.notEqual(both?.[0], signature)
})

test('A secret holds 32 random bytes, and no two are alike.', () => {
  const secret = createWebhookSecret()
  assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
  assert.notEqual(secret, createWebhookSecret())
})
