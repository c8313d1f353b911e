import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '@azora/kit/config.ts'
import type { EmbeddedServer, StartedServer } from './embedded-server.ts'
import { openServers } from './servers.ts'

const log = { debug() {}, info() {}, warn() {}, error() {} }

/** Two servers that only write down what is asked of them. */
function recorded(settings: Record<string, string> = {}) {
  const did: string[] = []
  const state = { refuses: false, silent: false, hangs: false }
  const server = (name: string): EmbeddedServer => ({
    name,
    what: 'Nothing.',
    setting: 'REDIS_URL',
    named: config => config.redisUrl,
    folder: `of ${name}`,
    async start({ folder }): Promise<StartedServer> {
      did.push(`start ${name} in ${folder}`)
      if (state.refuses) throw new Error('no room')
      return {
        url: `test://${name}`,
        ports: [1],
        answers: () => (state.hangs ? new Promise(() => {}) : Promise.resolve(!state.silent)),
        stop: async () => void did.push(`stop ${name}`),
      }
    },
  })
  const servers = openServers(
    { config: readConfig(settings), dataDir: '/data', log, withinMs: 20 },
    { chain: server('chain'), media: server('media') },
  )
  return { servers, did, state }
}

test('A server starts when it is first asked for, once for all who ask, and what is not asked for never does.', async () => {
  const { servers, did } = recorded()
  assert.deepEqual([did, await servers.health()], [[], {}])
  const [one, two] = await Promise.all([servers.use('chain'), servers.use('chain')])
  assert.equal(one, two)
  assert.equal(one?.url, 'test://chain')
  assert.deepEqual(did, ['start chain in /data/of chain'])
  assert.deepEqual(await servers.health(), { chain: true })
})

test('None of ours starts where a setting names another.', async () => {
  const { servers, did } = recorded({ REDIS_URL: 'redis://other' })
  assert.equal(await servers.use('chain'), null)
  assert.deepEqual([did, await servers.health()], [[], {}])
})

test('The parts tell of a server that does not answer.', async () => {
  const { servers, state } = recorded()
  await servers.use('media')
  state.silent = true
  assert.deepEqual(await servers.health(), { media: false })
})

test('A server that hangs counts as one that does not answer.', async () => {
  const { servers, state } = recorded()
  await servers.use('media')
  state.hangs = true
  assert.deepEqual(await servers.health(), { media: false })
})

test('Stopping takes the last one first, waits for those that are about to run, and may come twice.', async () => {
  const { servers, did } = recorded()
  await servers.use('chain')
  const starting = servers.use('media')
  await servers.stop()
  await starting
  await servers.stop()
  assert.deepEqual(did.slice(2), ['stop media', 'stop chain'])
})

test('One that did not start is tried again at the next asking, and stops none of the others.', async () => {
  const { servers, did, state } = recorded()
  await servers.use('chain')
  state.refuses = true
  await assert.rejects(servers.use('media'), /no room/)
  state.refuses = false
  assert.equal((await servers.use('media'))?.url, 'test://media')
  await servers.stop()
  assert.deepEqual(did.slice(-2), ['stop media', 'stop chain'])
})
