import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { verifyCredential } from '@azora/credential/verify-credential.ts'
import { verifyInThread } from './verify-in-thread.ts'

const sample = JSON.parse(
  await readFile(import.meta.resolve('@azora/credential/verify-credential.sample.json').slice(7), 'utf8'),
)

test('A credential that is checked in a thread gets the verdict that it gets anywhere else.', async () => {
  for (const credential of [sample, { ...sample, name: 'Changed' }, { nothing: true }]) {
    assert.deepEqual(await verifyInThread(credential, 'a'), await verifyCredential(credential))
  }
})

test('What is refused for its shape has its verdict though no thread ever sees it.', async () => {
  const deep = JSON.parse(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)
  for (const credential of [deep, { ...sample, evidence: Array(500).fill({ type: ['Evidence'] }) }]) {
    const verdict = await verifyInThread(credential, 'a')
    assert.equal(verdict.valid, false)
    assert.deepEqual(
      verdict.checks.map(({ name }) => name),
      ['document'],
    )
  }
})

test('The largest credentials that are read do not hold the loop while they are checked.', async () => {
  // Three hundred statements that look alike cost as much as any file that is read at all.
  const hostile = { ...sample, evidence: Array(300).fill({ type: ['Evidence'], name: 'Same' }) }
  await verifyInThread(sample, 'a')
  let turns = 0
  let ended = false
  const count = () => {
    turns += 1
    if (!ended) setImmediate(count)
  }
  count()
  const verdicts = await Promise.all(['a', 'b', 'c', 'd'].map(caller => verifyInThread(hostile, caller)))
  ended = true
  assert.ok(verdicts.every(({ valid }) => !valid))
  // Done here, four of them leave the loop some fifty turns; done elsewhere, two hundred thousand.
  assert.ok(turns > 1000, `the loop turned ${turns} times`)
})
