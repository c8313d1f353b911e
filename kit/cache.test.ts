import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { memoryCache } from './cache.ts'

test('A cache in memory holds no more entries and no more bytes than it may, the oldest going first.', async () => {
  const few = memoryCache({ entries: 2, bytes: 1000 })
  for (const key of ['a', 'b', 'c']) await few.set(key, key, 60)
  assert.deepEqual([await few.get('a'), await few.get('b'), await few.get('c')], [null, 'b', 'c'])
  const small = memoryCache({ entries: 100, bytes: 1000 })
  await small.set('first', 'x'.repeat(300), 60)
  await small.set('second', 'x'.repeat(300), 60)
  assert.equal(await small.get('first'), null)
  await small.set('huge', 'x'.repeat(5000), 60)
  assert.equal(await small.get('huge'), null, 'what would push everything out is not kept')
  assert.equal((await small.get<string>('second'))?.length, 300)
  for (let round = 0; round < 50; round++) await small.set('same', 'x'.repeat(100), 60)
  assert.equal((await small.get<string>('second'))?.length, 300, 'replacing an entry counts once')
})

test('What has run out is swept although nobody asks for it.', async () => {
  mock.timers.enable({ apis: ['Date'] })
  try {
    const cache = memoryCache({ entries: 100, bytes: 1000 })
    await cache.set('long', 'x'.repeat(100), 3600)
    await cache.set('short', 'x'.repeat(100), 1)
    assert.equal(cache.size(), 2)
    mock.timers.tick(61_000)
    await cache.set('new', 'x', 60)
    assert.equal(cache.size(), 2)
  } finally {
    mock.timers.reset()
  }
})

test('A value is there until its time is over, and not a moment longer.', async () => {
  mock.timers.enable({ apis: ['Date'] })
  try {
    const cache = memoryCache()
    await cache.set('key', 'value', 60)
    mock.timers.tick(59_999)
    assert.equal(await cache.get('key'), 'value')
    mock.timers.tick(1)
    assert.equal(await cache.get('key'), null)
  } finally {
    mock.timers.reset()
  }
})
