import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get, type IncomingMessage, type ServerResponse } from 'node:http'
import { test } from 'node:test'
import { ids, listen, signToken, startGateway } from './testing.ts'

/** Streams of events from a service in another process, as a gateway passes them on and ends them when it stops. */

const head = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}
const event = 'event: message\nid: a\ndata: {"progressPercent":5}\n\n'

/** A gateway whose education service opens streams that say `first` and then nothing. */
async function withStreams(
  first: string,
  work: (open: () => Promise<IncomingMessage>, gateway: { endStreams(): void }) => Promise<void>,
): Promise<void> {
  const service = await listen((_req: IncomingMessage, res: ServerResponse) => {
    res.writeHead(200, head)
    res.write(first)
  })
  const gateway = await startGateway({ services: new Map([['education', [service.url]]]) })
  const authorization = `Bearer ${await signToken({ roles: ['instructor'] })}`
  const url = `${gateway.url}/api/v1/education/imports/${ids.user}/events`
  const open = async () => {
    const asked = get(url, { headers: { authorization, 'accept-encoding': 'gzip, br' }, agent: false })
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    return answer
  }
  try {
    await work(open, gateway.gateway)
  } finally {
    await gateway.close()
    await service.close()
  }
}

async function restOf(answer: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of answer) text += piece
  return text
}

/** The first of a stream, once it has come. */
async function firstOf(answer: IncomingMessage): Promise<string> {
  const [piece] = await once(answer, 'data')
  answer.pause()
  return String(piece)
}

test('Nothing on the way is to keep a stream, to compress it or to hold it back, and it comes at once.', async () => {
  await withStreams(event, async open => {
    const answer = await open()
    const { headers } = answer
    assert.deepEqual(
      [headers['content-type'], headers['cache-control'], headers['x-accel-buffering']],
      Object.values(head),
    )
    assert.equal(headers['content-encoding'], undefined)
    assert.equal(await firstOf(answer), event)
    answer.destroy()
  })
})

test('When the gateway stops, every reader is told to come back, not all at the same moment.', async () => {
  await withStreams(event, async (open, gateway) => {
    const answers = await Promise.all(Array.from({ length: 12 }, open))
    await Promise.all(answers.map(firstOf))
    const rests = answers.map(restOf)
    gateway.endStreams()
    const pauses = new Set<string>()
    for (const text of await Promise.all(rests)) {
      const [, pause = ''] = /^event: error\nretry: (\d+)\n/.exec(text) ?? []
      assert.match(text, /"code":"unavailable"/)
      assert.ok(Number(pause) >= 1000, text)
      pauses.add(pause)
    }
    assert.ok(pauses.size > 6, [...pauses].join(' '))
    assert.ok(answers.every(({ complete }) => complete))
  })
})

test('In the middle of an event nothing is said, which would become a part of it.', async () => {
  const half = 'event: message\ndata: {"progress'
  await withStreams(half, async (open, gateway) => {
    const answer = await open()
    assert.equal(await firstOf(answer), half)
    const rest = restOf(answer)
    gateway.endStreams()
    assert.equal(await rest, '')
  })
})

test('One that begins while the gateway stops is ended with the same word.', async () => {
  await withStreams(event, async (open, gateway) => {
    gateway.endStreams()
    assert.match(await restOf(await open()), /^event: error\nretry: \d+\ndata: .*"code":"unavailable"/m)
  })
})
