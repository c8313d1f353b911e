import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mintContract } from '../mint.ts'

const ids = Array.from({ length: 3 }, (_, at) => `0198c7a2-0d3e-7c4b-8f00-5a1b2c3d4e5${at}`)
const order = {
  phase: 'posted',
  id: ids[0],
  kind: 'sale',
  debitAccountId: ids[1],
  creditAccountId: ids[2],
  amountMinor: 5,
}
const input = mintContract.createTransfers['~orpc'].inputSchema
const accepts = (...transfers: object[]) => input?.safeParse({ transfers }).success

test('A transfer of a whole amount above zero is taken.', () => {
  assert.equal(accepts(order), true)
  assert.equal(accepts({ ...order, amountMinor: Number.MAX_SAFE_INTEGER }), true)
})

test('An amount that is no whole number, zero or less, or more than a number holds exactly, is not.', () => {
  for (const amountMinor of [0, -1, 0.5, 1.1, Number.MAX_SAFE_INTEGER + 1, 1e300, Number.NaN, '5', null])
    assert.equal(accepts({ ...order, amountMinor }), false, String(amountMinor))
})

test('Nobody expires a transfer, pends one for more than a year, or names one twice in a request.', () => {
  assert.equal(accepts({ phase: 'expire', id: ids[0], kind: 'x', pendingId: ids[1] }), false)
  assert.equal(accepts({ ...order, phase: 'pending', timeoutSeconds: 367 * 86_400 }), false)
  assert.equal(accepts({ ...order, phase: 'pending', timeoutSeconds: 0 }), false)
  assert.equal(accepts(order, order), false)
  assert.equal(accepts(), false)
})

test('A request has a thousand transfers at most.', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      ...order,
      id: `0198c7a2-0d3e-7c4b-8f00-${at.toString(16).padStart(12, '0')}`,
    }))
  assert.equal(accepts(...many(1000)), true)
  assert.equal(accepts(...many(1001)), false)
})
