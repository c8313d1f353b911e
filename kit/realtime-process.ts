import { startRooms } from './realtime-fixture.ts'
import { connectRedis } from './redis.ts'

/** The fixture's rooms in a process of their own, which a test can kill. Tells its parent its address. */

const [url = '', classId = '', person = ''] = process.argv.slice(2)
const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const redis = connectRedis(url, quiet)
await new Promise(resolve => redis.once('ready', resolve))
const rooms = await startRooms({ people: [JSON.parse(person)], classes: [classId], redis })
process.send?.(rooms.url)
