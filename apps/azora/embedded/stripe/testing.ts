import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { openStripe } from '@azora/kit/stripe.ts'
import type { Stripe } from 'stripe'
import type { Faults } from './faults.ts'
import { startSandbox } from './sandbox.ts'

/** A sandbox of a test, with a clock that it moves, spoken to by the official SDK. */

export const silentLog = { debug() {}, info() {}, warn() {}, error() {} }

/** Something that takes webhooks, checked by the SDK, and answers as the test says. */
async function openEndpoint(
  t: Pick<TestContext, 'after'>,
  check: (body: string, signature: string) => Stripe.Event,
) {
  const told: Stripe.Event[] = []
  const answers: number[] = []
  const refused: string[] = []
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    const status = answers.shift() ?? 200
    try {
      const event = check(Buffer.concat(chunks).toString(), String(req.headers['stripe-signature']))
      if (status < 300) told.push(event)
      else refused.push(event.type)
      res.writeHead(status).end()
    } catch (failure) {
      refused.push(String(failure))
      res.writeHead(400).end()
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, told, answers, refused }
}

export async function openTestSandbox(
  t: Pick<TestContext, 'after'>,
  { faults, publicUrl = null }: { faults?: Faults; publicUrl?: string | null } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'stripe-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const clock = { ms: Date.parse('2027-01-04T10:00:00Z') }
  let secret = ''
  const endpoint = await openEndpoint(t, (body, signature) =>
    stripe.webhooks.constructEvent(body, signature, secret),
  )
  const start = () =>
    startSandbox({
      folder,
      publicUrl,
      webhookUrl: endpoint.url,
      log: silentLog,
      nowMs: () => clock.ms,
      ...(faults ? { faults } : {}),
    })
  let sandbox = await start()
  t.after(() => sandbox.stop())
  secret = sandbox.webhookSecret
  const open = async (): Promise<Stripe> => {
    const door = await openStripe({
      secretKey: sandbox.secretKey,
      webhookSecret: sandbox.webhookSecret,
      sandboxUrl: sandbox.url,
    })
    return door.api
  }
  let stripe = await open()
  return {
    get stripe() {
      return stripe
    },
    get sandbox() {
      return sandbox
    },
    folder,
    clock,
    endpoint,
    /** The types of what was told so far, in order of arrival. */
    async told(): Promise<string[]> {
      await sandbox.settle()
      return endpoint.told.map(event => event.type)
    },
    async pass(seconds: number): Promise<void> {
      clock.ms += seconds * 1000
      await sandbox.settle()
    },
    async restart(): Promise<void> {
      await sandbox.stop()
      sandbox = await start()
      stripe = await open()
    },
  }
}

/** A payment in one step, of what no other page is needed for. */
export const payment = (
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
): Stripe.PaymentIntentCreateParams => ({
  amount: 20_000,
  currency: 'zar',
  confirm: true,
  payment_method: 'pm_card_visa',
  allowed_payment_method_types: ['card'],
  ...more,
})

/** The failure of a call, in the SDK's words. */
export async function failureOf(work: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await work
  } catch (failure) {
    return failure as Stripe.errors.StripeError
  }
  throw new Error('It did not fail.')
}
