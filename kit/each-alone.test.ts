import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allSteps, eachAlone } from './each-alone.ts'

test('Each is tried, one after another, whatever becomes of those before it; the failure tells of all.', async () => {
  const done: number[] = []
  let atOnce = 0
  const work = async (item: number) => {
    atOnce += 1
    assert.equal(atOnce, 1)
    await Promise.resolve()
    atOnce -= 1
    if (item % 2 === 1) throw new Error(`${item} is odd`)
    done.push(item)
  }
  await assert.rejects(eachAlone([1, 2, 3, 4], work, 'numbers were not even'), (failure: AggregateError) => {
    assert.equal(failure.message, '2 of 4 numbers were not even: 1 is odd; 3 is odd')
    assert.equal(failure.errors.length, 2)
    return true
  })
  assert.deepEqual(done, [2, 4])
})

test('What many failed of is said once, and of many reasons only the first.', async () => {
  const fail = async (item: number) => {
    throw new Error(item < 5 ? 'full' : `reason ${item}`)
  }
  const say = (items: number[]) => eachAlone(items, fail, 'failed')
  await assert.rejects(say([1, 2, 3]), { message: '3 of 3 failed: full' })
  await assert.rejects(say([6, 7, 8, 9]), { message: '4 of 4 failed: reason 6; reason 7; reason 8' })
})

test('Steps are all taken, and nothing is said where none failed.', async () => {
  const taken: string[] = []
  const step = (name: string, fails = false) => {
    return async () => {
      taken.push(name)
      if (fails) throw new Error(name)
    }
  }
  await allSteps([step('a'), step('b')])
  await assert.rejects(allSteps([step('c', true), step('d')]), { message: '1 of 2 steps failed: c' })
  assert.deepEqual(taken, ['a', 'b', 'c', 'd'])
})
