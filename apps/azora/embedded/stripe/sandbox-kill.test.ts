import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openStripe, type StripeAccess } from '@azora/kit/stripe.ts'
import type { Stripe } from 'stripe'
import { startSandbox } from './sandbox.ts'
import { payment, silentLog } from './testing.ts'

/** Nothing that was answered is lost, and nothing is done twice, whenever the process of the sandbox is killed. */

const [, , role, folder = '', webhookUrl = ''] = process.argv

/** What the process that will be killed does. */
async function hold(): Promise<void> {
  const sandbox = await startSandbox({ folder, publicUrl: null, webhookUrl, log: silentLog })
  const { secretKey, webhookSecret, url } = sandbox
  process.stdout.write(`${JSON.stringify({ secretKey, webhookSecret, sandboxUrl: url })}\n`)
}

async function begin(
  where: string,
  hook: string,
): Promise<{ child: ChildProcess; stripe: Stripe; access: StripeAccess }> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'hold', where, hook], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {},
  })
  const [line] = (await once(child.stdout as NonNullable<typeof child.stdout>, 'data')) as [Buffer]
  const access = JSON.parse(String(line)) as StripeAccess
  return { child, access, stripe: (await openStripe(access)).api }
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

function defineTests(): void {
  test('What a killed sandbox answered is there afterwards, its webhooks are told, and repeated requests are done once.', async t => {
    const place = mkdtempSync(join(tmpdir(), 'stripe-kill-'))
    t.after(() => rmSync(place, { recursive: true, force: true }))
    const told = new Set<string>()
    let listens = false
    const hook = createServer(async (req, res) => {
      let body = ''
      for await (const chunk of req) body += chunk
      if (listens) told.add((JSON.parse(body) as Stripe.Event).id)
      res.writeHead(listens ? 200 : 500).end()
    })
    await once(hook.listen(0, '127.0.0.1'), 'listening')
    t.after(() => {
      hook.close()
      hook.closeAllConnections()
    })
    const hookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}`

    const first = await begin(place, hookUrl)
    t.after(() => void first.child.kill('SIGKILL'))
    const answered = new Map<string, string>()
    const asked: string[] = []
    const paying = (async () => {
      for (let at = 0; ; at++) {
        const key = `order-${at}`
        asked.push(key)
        const paid = await first.stripe.paymentIntents.create(payment({ metadata: { key } }), {
          idempotencyKey: key,
          maxNetworkRetries: 0,
        })
        answered.set(key, paid.id)
        if (at === 11) void kill(first.child)
      }
    })()
    await assert.rejects(paying)
    assert.ok(answered.size >= 12)

    listens = true
    const second = await begin(place, hookUrl)
    t.after(() => kill(second.child))
    assert.equal(second.access.secretKey, first.access.secretKey)
    for (const key of asked) {
      const paid = await second.stripe.paymentIntents.create(payment({ metadata: { key } }), {
        idempotencyKey: key,
      })
      assert.equal(paid.id, answered.get(key) ?? paid.id)
    }
    const charges = await second.stripe.charges.list({ limit: 100 })
    assert.deepEqual(charges.data.map(({ metadata }) => metadata.key).sort(), asked.toSorted())
    const events = (await second.stripe.events.list({ limit: 100 })).data
    const missing = () => events.filter(({ id }) => !told.has(id))
    while (missing().length > 0) await new Promise(resolve => setTimeout(resolve, 50))
  })
}

if (role === 'hold') await hold()
else defineTests()
