import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError, ConnectionLost, faultText } from './failures.ts'

const refusal = (detail: string) =>
  new ApiError({ code: 'conflict', status: 409, message: 'You are already a member.', data: { detail } })

test('a detail for programs is not shown to people, a sentence is', () => {
  assert.equal(faultText(refusal('already_member'), ''), 'You are already a member.')
  assert.equal(faultText(refusal('oneself'), ''), 'You are already a member.')
  assert.equal(faultText(refusal('At most 20 keys.'), ''), 'You are already a member. At most 20 keys.')
})

test('without an answer, the page says it in its own words', () => {
  assert.equal(faultText(new ConnectionLost(), 'No connection.'), 'No connection.')
})
