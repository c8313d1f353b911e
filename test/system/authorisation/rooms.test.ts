import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type RoomName, rooms } from '@azora/contracts/rooms.ts'
import { openAuthDatabase, systemUnderTest } from '../../api.ts'
import { ask, connectAs, serviceOf } from '../../rooms.ts'
import { type Caller, callers, type World } from './callers.ts'
import { makeWorld } from './world.ts'

/** Who may enter which room: every room, tried by every caller. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let world: World

before(async () => {
  world = await makeWorld(url, authDb)
})
after(() => authDb.close())

type Answer = 'entered' | 'unauthenticated' | 'forbidden' | 'not_found'
type Row = { keys(world: World): object; expect: Record<Caller, Answer> }

const everybody = (answer: Answer) =>
  Object.fromEntries(
    callers.map(caller => [caller, caller === 'anonymous' ? 'unauthenticated' : answer]),
  ) as Record<Caller, Answer>

const table: Record<RoomName, Row> = {
  // Each enters their own.
  'education/learning': { keys: () => ({}), expect: everybody('entered') },
  // Of the caller's own school, by the permission alone.
  operations: {
    keys: () => ({}),
    expect: {
      ...everybody('forbidden'),
      admin: 'entered',
      foreignAdmin: 'entered',
      auditor: 'entered',
      operator: 'entered',
    },
  },
}

test('The table has a row for every room of the contracts, and none for anything else.', () => {
  assert.deepEqual(Object.keys(table).sort(), Object.keys(rooms).sort())
  for (const [name, room] of Object.entries(rooms)) assert.equal(room.name, name)
})

describe('Every room answers each caller as the table says:', () => {
  for (const [name, { keys, expect }] of Object.entries(table)) {
    test(`${name}.`, async () => {
      const found: Partial<Record<Caller, string>> = {}
      for (const caller of callers) {
        const token = caller === 'anonymous' ? null : world.people[caller].token
        const socket = connectAs(url, token, serviceOf(name))
        found[caller] = await ask(socket, name, keys(world))
        socket.disconnect()
      }
      assert.deepEqual(found, expect)
    })
  }
})
