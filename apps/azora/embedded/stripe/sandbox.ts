import { once } from 'node:events'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Logger } from '@azora/kit/log.ts'
import { stripeSandboxPath } from '@azora/kit/stripe.ts'
import { type ApiAnswer, createApi } from './api.ts'
import { createSender } from './deliver.ts'
import { runDue } from './due.ts'
import type { Faults, RequestFault } from './faults.ts'
import { randomText } from './objects.ts'
import { createPages } from './pages/serve-pages.ts'
import { openStore, type Store } from './store.ts'
import { makeEndpoint, newSigningSecret } from './webhook-endpoints.ts'

/**
 * A Stripe of our own for who has no account there: its API at a port of this machine, its hosted pages, its webhooks.
 * Decision 0067 says what it imitates and what it does not. It speaks plain HTTP on 127.0.0.1 alone.
 */
export type Sandbox = {
  /** Where the SDK and the gateway find it. */
  url: string
  port: number
  secretKey: string
  /** What webhooks to the endpoint that was given at the start are signed with. */
  webhookSecret: string
  /** Whether it answers just now; never throws. */
  answers(): Promise<boolean>
  /** Do at once what is due by the clock, and tell what is to be told. For tests that move the clock. */
  settle(): Promise<void>
  stop(): Promise<void>
}

type Options = {
  /** Where its file and its keys are kept; it must exist. */
  folder: string
  /** Where browsers reach the installation, without a trailing slash; null for the sandbox itself. */
  publicUrl: string | null
  /** Where webhooks go, as with an endpoint that was made in Stripe's dashboard. */
  webhookUrl: string | null
  log: Logger
  /** For tests: what time it is, in milliseconds. */
  nowMs?: () => number
  faults?: Faults
}

const pagesPath = stripeSandboxPath

const mostBytes = 1_000_000
const longestSleepMs = 3600_000
const afterFailureMs = 30_000

type Keys = { secretKey: string; webhookSecret: string }

/** Made once, and kept where only we can read them. */
function openKeys(folder: string): Keys {
  const path = join(folder, 'keys.json')
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Keys
  const keys = { secretKey: `sk_test_${randomText(40)}`, webhookSecret: newSigningSecret() }
  writeFileSync(path, JSON.stringify(keys), { mode: 0o600 })
  return keys
}

/** The endpoint that was given at the start, which has another port each time, keeps what is still to be told to it. */
function placeEndpoint(store: Store, pagesUrl: string, now: number, url: string, secret: string): void {
  store.transaction(() => {
    const page = { limit: 100, startingAfter: null, endingBefore: null, created: {} }
    const known = store
      .list('webhook_endpoint', page, {})
      .find(({ metadata }) => metadata.given === 'at_start')
    if (known) return store.put('webhook_endpoint', { ...known, url, status: 'enabled' })
    const work = { store, now, pagesUrl, request: { id: null, idempotencyKey: null } }
    makeEndpoint(work, {
      url,
      events: ['*'],
      description: 'This installation',
      secret,
      metadata: { given: 'at_start' },
    })
  })
}

export async function startSandbox(options: Options): Promise<Sandbox> {
  const { folder, log, faults = {}, nowMs = Date.now } = options
  const { secretKey, webhookSecret } = openKeys(folder)
  const file = join(folder, 'stripe.sqlite')
  const store = openStore(file)
  chmodSync(file, 0o600)
  const nowS = () => Math.floor(nowMs() / 1000)
  const server = createServer((req, res) => void serve(req, res))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const pagesUrl = `${options.publicUrl ?? url}${pagesPath}`
  if (options.webhookUrl) placeEndpoint(store, pagesUrl, nowS(), options.webhookUrl, webhookSecret)
  const api = createApi({ store, secretKey, pagesUrl, nowS })
  const pages = createPages({ store, pagesUrl, pagesPath, nowS })
  const fault = faults.webhook
  const sender = createSender({ store, nowMs, log, fault: fault ? async told => fault(told) : null })
  let timer: NodeJS.Timeout | null = null
  let stopped = false
  let forgotAt = 0

  /** Do what is due, and sleep until the next thing is. */
  function goOn(): void {
    if (stopped) return
    if (timer) clearTimeout(timer)
    let sleepMs = afterFailureMs
    try {
      if (nowS() - forgotAt > 3600) {
        forgotAt = nowS()
        store.forgetOld(forgotAt)
      }
      runDue(store, pagesUrl, nowS(), log)
      sender.wake()
      const { dueAt, deliveryAtMs } = store.nextTimes()
      const next = Math.min(dueAt === null ? Infinity : dueAt * 1000, deliveryAtMs ?? Infinity)
      // What is under way is among them; it is looked at again when it ends, or here.
      sleepMs = Math.min(Math.max(next - nowMs(), 500), longestSleepMs)
    } catch (failure) {
      // Such as a full disk; the installation goes on without its sandbox meanwhile.
      log.error('The Stripe sandbox failed', { failure })
    }
    timer = setTimeout(goOn, sleepMs).unref()
  }

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    try {
      const body = await readBody(req)
      const [path = '/', query = ''] = (req.url ?? '/').split('?')
      const method = req.method ?? 'GET'
      const wanted = (await faults.request?.({ method, path })) ?? null
      if (wanted === 'cut_before') return void req.socket.destroy()
      if (wanted === 'fail_before') return answer(res, broken)
      const given =
        body === null
          ? tooLarge
          : path.startsWith(`${pagesPath}/`)
            ? pages({ method, path, body })
            : api({ method, path, query, body, headers: req.headers })
      // After the transaction: what follows from it may be told before the answer is, as with Stripe.
      setImmediate(goOn)
      await answerAs(wanted, req, res, given)
    } catch (failure) {
      log.error('The Stripe sandbox failed', { failure })
      if (!res.headersSent) answer(res, broken)
    }
  }

  goOn()
  return {
    url,
    port,
    secretKey,
    webhookSecret,
    answers: () =>
      fetch(`${url}/healthcheck`, { signal: AbortSignal.timeout(1000) }).then(
        // Whatever it says: nothing is there, and Stripe's error says so.
        ({ status }) => status === 401,
        () => false,
      ),
    async settle() {
      goOn()
      await sender.idle()
    },
    async stop() {
      if (stopped) return
      stopped = true
      if (timer) clearTimeout(timer)
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await Promise.all([closed, sender.stop()])
      store.close()
    },
  }
}

const problem = (status: number, message: string): ApiAnswer => ({
  status,
  headers: {},
  body: JSON.stringify({ error: { type: status === 500 ? 'api_error' : 'invalid_request_error', message } }),
})
const broken = problem(500, 'Sorry! There was an error while talking to the sandbox.')
const tooLarge = problem(413, 'Request entity too large.')

function answer(res: ServerResponse, { status, headers, body }: ApiAnswer): void {
  res
    .writeHead(status, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-cache, no-store',
      ...headers,
    })
    .end(body)
}

async function answerAs(
  wanted: RequestFault | null,
  req: IncomingMessage,
  res: ServerResponse,
  given: ApiAnswer,
): Promise<void> {
  if (wanted === 'cut_after') return void req.socket.destroy()
  if (typeof wanted === 'object') await wanted?.answerAfter
  answer(res, wanted === 'fail_after' ? broken : given)
}

/** Null when it is larger than any request to Stripe. */
async function readBody(req: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of req) {
    bytes += (chunk as Buffer).length
    if (bytes > mostBytes) return null
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString()
}
