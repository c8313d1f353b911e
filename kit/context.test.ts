import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  correlationId,
  insideTransaction,
  refuseInsideTransaction,
  takeOverCorrelation,
  withCorrelation,
} from './context.ts'

const turn = () => new Promise(resolve => setImmediate(resolve))

test('A correlation id follows its work through every await, and work beside it has its own.', async () => {
  const follow = (id: string) =>
    withCorrelation(id, async () => {
      await turn()
      await Promise.all([turn(), turn()])
      return correlationId()
    })
  assert.deepEqual(await Promise.all(['a', 'b', 'c'].map(follow)), ['a', 'b', 'c'])
  assert.equal(correlationId(), '-')
})

test('Work without an id gets one that no other work has.', () => {
  const first = withCorrelation(undefined, correlationId)
  assert.match(first, /^[0-9a-f-]{36}$/)
  assert.notEqual(withCorrelation(undefined, correlationId), first)
})

test('What leaves the process is refused inside a transaction, by the name of its service.', async () => {
  refuseInsideTransaction('Sending mail')
  await insideTransaction('education', async () => {
    await turn()
    assert.throws(
      () => refuseInsideTransaction('Sending mail'),
      /^Error: Sending mail inside a database transaction of education\./,
    )
  })
  refuseInsideTransaction('Sending mail')
})

test('A transaction keeps the correlation id of the work that opened it, and taking over another keeps it open.', () => {
  withCorrelation('outer', () =>
    insideTransaction('auth', () => {
      assert.equal(correlationId(), 'outer')
      takeOverCorrelation('event', () => {
        assert.equal(correlationId(), 'event')
        assert.throws(() => refuseInsideTransaction('A call'), /transaction of auth/)
      })
    }),
  )
})
