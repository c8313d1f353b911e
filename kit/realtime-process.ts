import { ownRoom, startRooms } from './realtime-fixture.ts'
import { connectRedis } from './redis.ts'
import { tell } from './tell.ts'

/**
 * The fixture's rooms in a process of their own, which a test can kill. Tells its parent its address; told to, it tells
 * a person a number in their own room; and it answers everything with how many sockets it holds.
 */

type Wish = { tell?: { userId: string; organizationId: string; count: number } }

const [url = '', service = '', classId = '', people = ''] = process.argv.slice(2)
const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const redis = connectRedis(url, quiet)
await new Promise(resolve => redis.once('ready', resolve))
const rooms = await startRooms({ service, people: JSON.parse(people), classes: [classId], redis })
process.on('message', async ({ tell: wish }: Wish) => {
  if (wish) tell({ service }, ownRoom, wish, 'thing.changed', { count: wish.count })
  const { values } = await rooms.metrics.roomSockets.get()
  process.send?.(values[0]?.value ?? 0)
})
process.send?.(rooms.url)
