import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createReference } from './openapi.ts'
import { createReferenceInThread } from './openapi-in-thread.ts'

test('The reference made in a thread is the one made here, and the loop turns meanwhile.', async () => {
  const order = { serverUrl: 'http://localhost/api/v1', version: 'v1', limits: undefined } as const
  let turns = 0
  let ended = false
  const count = () => {
    turns += 1
    if (!ended) setImmediate(count)
  }
  count()
  const describe = createReferenceInThread(order)
  const [text, again] = await Promise.all([describe(), describe()])
  ended = true
  // Made here, it would turn some ten times, between the awaits of the generator.
  assert.ok(turns > 1000, `the loop turned ${turns} times`)
  assert.equal(again, text)
  assert.equal(text, await createReference(order.serverUrl, order.version)())
})
