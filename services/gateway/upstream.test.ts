import assert from 'node:assert/strict'
import { type RequestListener, request } from 'node:http'
import { test } from 'node:test'
import type { Here } from './gateway-options.ts'
import { echoService, ids, listen, signToken, startGateway } from './testing.ts'

type Started = Awaited<ReturnType<typeof startGateway>>

/** A gateway before processes of education, each answering by its handler. */
async function before(
  handlers: RequestListener[],
  work: (gateway: Started, urls: string[]) => Promise<void>,
  options: Parameters<typeof startGateway>[0] = {},
): Promise<void> {
  const processes = await Promise.all(handlers.map(handler => listen(handler)))
  const urls = processes.map(({ url }) => url)
  const gateway = await startGateway({
    services: new Map<string, Here | string[]>([
      ['auth', echoService()],
      ['education', urls],
    ]),
    config: { rateLimits: false } as never,
    ...options,
  })
  try {
    await work(gateway, urls)
  } finally {
    await gateway.close()
    for (const each of processes) await each.close()
  }
}

const isHealth = (url: string | undefined) => url === '/health/ready'
const answers =
  (name: string): RequestListener =>
  (_req, res) =>
    void res.setHeader('content-type', 'application/json').end(JSON.stringify({ name }))
const nameOf = async (answer: Response) => ((await answer.json()) as { name: string }).name
const slow = { upstreams: { healthEveryMs: 60_000 } }

test('A part that takes connections and never answers is unavailable after its time, and takes no other part down.', async () => {
  let reached = 0
  const silent: RequestListener = ({ url }) => {
    if (!isHealth(url)) reached += 1
  }
  await before(
    [silent],
    async ({ url }) => {
      const hanging = Array.from({ length: 20 }, () =>
        fetch(`${url}/api/v1/education/courses?q=${Math.random()}`),
      )
      assert.equal((await fetch(`${url}/api/v1/auth/organization`)).status, 200)
      for (const answer of await Promise.all(hanging)) assert.equal(answer.status, 503)
      assert.ok(reached > 0)
      const before = reached
      assert.equal((await fetch(`${url}/api/v1/education/courses`)).status, 503)
      assert.equal(reached, before, 'its circuit is broken: nobody waits for it any more')
      const { parts } = (await (await fetch(`${url}/health/ready`)).json()) as { parts: object }
      assert.deepEqual(parts, { education: false })
    },
    { ...slow, silenceMs: { json: 200 } },
  )
})

test('No more than a bounded number of requests wait for one part; the others are told at once.', async () => {
  await before(
    [() => {}],
    async ({ url }) => {
      const leaving = new AbortController()
      let told = 0
      const { promise: enough, resolve: stop } = Promise.withResolvers<void>()
      const all = Array.from({ length: 270 }, () =>
        fetch(`${url}/api/v1/education/enrollments`, { signal: leaving.signal }).then(
          ({ status }) => {
            assert.equal(status, 503)
            told += 1
            if (told === 14) stop()
          },
          () => {},
        ),
      )
      await enough
      leaving.abort()
      await Promise.all(all)
      assert.equal(told, 14)
    },
    slow,
  )
})

test('A circuit closes again by the first request that is answered.', async () => {
  let up = false
  await before(
    [
      (req, res) => {
        if (up) answers('back')(req, res)
        else req.socket.destroy()
      },
    ],
    async ({ url }) => {
      for (let count = 0; count < 6; count++)
        await fetch(`${url}/api/v1/education/imports`, { method: 'POST', headers: { origin: url } })
      up = true
      for (let status = 503; status !== 200; ) {
        status = (await fetch(`${url}/api/v1/education/enrollments`)).status
        if (status !== 200) await new Promise(resolve => setTimeout(resolve, 20))
      }
      assert.equal((await fetch(`${url}/api/v1/education/enrollments`)).status, 200)
    },
    { upstreams: { healthEveryMs: 60_000, breakMs: 100 } },
  )
})

test('Requests go to the process with the least under way, and to the other when one is gone.', async () => {
  const counts = [0, 0]
  const counting =
    (at: 0 | 1): RequestListener =>
    (req, res) => {
      counts[at] = (counts[at] ?? 0) + 1
      answers(String(at))(req, res)
    }
  await before(
    [counting(0), counting(1)],
    async ({ url }) => {
      for (let count = 0; count < 10; count++) await fetch(`${url}/api/v1/education/enrollments`)
      assert.deepEqual(counts, [5, 5])
    },
    slow,
  )
  const busy: RequestListener = (req, res) => {
    if (req.url?.includes('busy')) return
    answers('busy')(req, res)
  }
  await before(
    [busy, busy],
    async ({ url }) => {
      const leaving = new AbortController()
      const held = [1, 2].map(() =>
        fetch(`${url}/api/v1/education/courses/busy/page`, { signal: leaving.signal }).catch(() => null),
      )
      const passing = await Promise.all(
        Array.from({ length: 4 }, () => fetch(`${url}/api/v1/education/enrollments`)),
      )
      assert.ok(passing.every(({ status }) => status === 200))
      leaving.abort()
      await Promise.all(held)
    },
    slow,
  )
})

test('Reading is tried elsewhere when a process breaks off, and so is a write with an idempotency key, with its body.', async () => {
  const bodies: string[] = []
  const breaks: RequestListener = req => void req.socket.destroy()
  const takes: RequestListener = async (req, res) => {
    let text = ''
    for await (const chunk of req) text += String(chunk)
    bodies.push(text)
    answers('whole')(req, res)
  }
  await before(
    [breaks, takes],
    async ({ url, metrics }) => {
      for (let count = 0; count < 4; count++)
        assert.equal(await nameOf(await fetch(`${url}/api/v1/education/enrollments`)), 'whole')
      const retries = (await metrics.upstreamRetries.get()).values[0]?.value ?? 0
      assert.ok(retries >= 1)
      const write = async (headers: Record<string, string>) =>
        fetch(`${url}/api/v1/education/courses`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${await signToken()}`,
            'content-type': 'application/json',
            ...headers,
          },
          body: '{"title":"x"}',
        })
      bodies.length = 0
      for (let count = 0; count < 2; count++)
        assert.equal((await write({ 'idempotency-key': `k${count}` })).status, 200)
      assert.deepEqual(bodies, ['{"title":"x"}', '{"title":"x"}'])
    },
    slow,
  )
})

test('A write without an idempotency key is sent once, whatever becomes of it.', async () => {
  let asked = 0
  const breaks: RequestListener = req => {
    asked += 1
    req.socket.destroy()
  }
  await before(
    [breaks, breaks],
    async ({ url }) => {
      const answer = await fetch(`${url}/api/v1/education/courses`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await signToken()}`, 'content-type': 'application/json' },
        body: '{}',
      })
      assert.deepEqual([answer.status, asked], [503, 1])
    },
    slow,
  )
})

test('A part that is down is not buried under repetitions.', async () => {
  let asked = 0
  await before(
    [
      (req, res) => {
        asked += 1
        // Now and then an answer, so that the circuit stays closed and only the budget holds back.
        if (asked % 3 === 0) answers('now and then')(req, res)
        else req.socket.destroy()
      },
    ],
    async ({ url, metrics }) => {
      for (let count = 0; count < 60; count++) await fetch(`${url}/api/v1/education/enrollments`)
      const retries = (await metrics.upstreamRetries.get()).values[0]?.value ?? 0
      assert.ok(retries <= 16, `${retries} repetitions of 60 requests`)
    },
    slow,
  )
})

test('A process that says that it is about to stop gets no more requests, and is not counted as up.', async () => {
  let leaving = false
  let after = 0
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
  const leaves: RequestListener = (req, res) => {
    if (isHealth(req.url)) {
      res.statusCode = leaving ? 503 : 200
      // The answer after this one was given in the knowledge of it.
      if (leaving) setTimeout(ask, 20)
      return void res.end()
    }
    if (leaving) after += 1
    answers('leaving')(req, res)
  }
  await before(
    [leaves, answers('staying')],
    async ({ url }) => {
      leaving = true
      await asked
      after = 0
      const names = await Promise.all(
        Array.from({ length: 6 }, async () => nameOf(await fetch(`${url}/api/v1/education/enrollments`))),
      )
      assert.deepEqual(new Set(names), new Set(['staying']))
      assert.equal(after, 0)
      assert.deepEqual(await (await fetch(`${url}/health/parts`)).json(), { parts: { education: 'up' } })
    },
    { upstreams: { healthEveryMs: 10 } },
  )
})

test('A caller who leaves in the middle is no mark against the part.', async () => {
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
  let held = 0
  await before(
    [
      (req, res) => {
        if (!req.url?.includes('page')) return answers('well')(req, res)
        held += 1
        if (held === 8) reach()
      },
    ],
    async ({ url }) => {
      const callers = Array.from({ length: 8 }, () => {
        const caller = request(`${url}/api/v1/education/courses/x/page`, { agent: false })
        caller.on('error', () => {})
        caller.end()
        return caller
      })
      await reached
      for (const caller of callers) {
        const gone = new Promise(resolve => caller.once('close', resolve))
        caller.destroy()
        await gone
      }
      assert.equal((await fetch(`${url}/api/v1/education/enrollments`)).status, 200)
    },
    slow,
  )
})

test('A body that announces to be too large is refused before any of it is read.', async () => {
  await before([answers('never')], async ({ url }) => {
    const status = (path: string, length: number) =>
      new Promise<number>((resolve, reject) => {
        const headers = { 'content-length': length, origin: url, 'content-type': 'application/json' }
        const asking = request(`${url}/api/v1${path}`, { method: 'POST', headers, agent: false }, res => {
          resolve(res.statusCode ?? 0)
          asking.destroy()
        })
        asking.on('error', reject)
        asking.flushHeaders()
      })
    assert.equal(await status('/auth/login', 1_048_577), 413)
    assert.equal(await status('/auth/oauth/token', 65_537), 413)
    assert.equal(await status(`/education/courses/${ids.user}/files?name=x`, 1_100_000_001), 413)
  })
})

test('A process that says that it is ready again is sent to at once, though its circuit was broken.', async () => {
  let up = false
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
  await before(
    [
      (req, res) => {
        if (!up) return void req.socket.destroy()
        if (isHealth(req.url)) setTimeout(ask, 20)
        answers('back')(req, res)
      },
    ],
    async ({ url }) => {
      for (let count = 0; count < 8; count++) await fetch(`${url}/api/v1/education/enrollments`)
      up = true
      await asked
      assert.equal((await fetch(`${url}/api/v1/education/enrollments`)).status, 200)
    },
    { upstreams: { healthEveryMs: 10, breakMs: 60_000 } },
  )
})

test('A process that hangs is asked once at a time, and does not keep another from being looked at.', async () => {
  const looks = { hanging: 0, quick: 0 }
  const { promise: seenOften, resolve: see } = Promise.withResolvers<void>()
  const hanging: RequestListener = () => {
    looks.hanging += 1
  }
  const quick: RequestListener = (req, res) => {
    looks.quick += 1
    if (looks.hanging > 0 && looks.quick >= 5) see()
    answers('quick')(req, res)
  }
  await before([hanging, quick], () => seenOften, { upstreams: { healthEveryMs: 10 } })
  assert.equal(looks.hanging, 1)
})
