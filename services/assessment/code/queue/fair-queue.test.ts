import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createFairQueue, type Purpose, type Share } from './fair-queue.ts'

const share = (
  schoolId: string,
  courseId: string,
  learnerId: string,
  purpose: Purpose = 'practice',
): Share => ({
  schoolId,
  courseId,
  learnerId,
  purpose,
})

function filled(shares: Share[]) {
  const queue = createFairQueue<{ share: Share; at: number }>()
  for (const [at, one] of shares.entries()) queue.add(one, { share: one, at })
  return queue
}

function order(shares: Share[]): string[] {
  const queue = filled(shares)
  return shares.map(() => {
    const { share, at } = queue.next() ?? assert.fail('It has lost one.')
    return `${share.schoolId}${share.courseId}${share.learnerId}${at}`
  })
}

test('Schools take turns, then courses, then learners; one learner’s programs come in their order.', () => {
  const shares = [
    ...[share('A', 'x', '1'), share('A', 'x', '1'), share('A', 'x', '2'), share('A', 'y', '3')],
    share('B', 'z', '4'),
  ]
  assert.deepEqual(order(shares), ['Ax10', 'Bz44', 'Ay33', 'Ax22', 'Ax11'])
})

test('What was submitted goes before practice, which still gets every fifth turn.', () => {
  const shares = [
    ...Array.from({ length: 2 }, () => share('A', 'x', 'p')),
    ...Array.from({ length: 6 }, () => share('A', 'x', 'g', 'graded')),
  ]
  assert.equal(
    order(shares)
      .map(name => name[2])
      .join(''),
    'ggggpggp',
  )
})

test('One that was withdrawn does not come, and can be withdrawn once.', () => {
  const queue = createFairQueue<object>()
  const [first, second] = [{}, {}]
  queue.add(share('A', 'x', '1'), first)
  queue.add(share('A', 'x', '1'), second)
  assert.equal(queue.withdraw(share('A', 'x', '1'), first), true)
  assert.equal(queue.withdraw(share('A', 'x', '1'), first), false)
  assert.equal(queue.withdraw(share('B', 'x', '1'), second), false)
  assert.equal(queue.sizeOfLearner(share('A', 'x', '1')), 1)
  assert.equal(queue.next(), second)
  assert.equal(queue.next(), undefined)
  assert.equal(queue.size('practice'), 0)
})

const anyShare = fc.record({
  schoolId: fc.constantFrom('A', 'B', 'C'),
  courseId: fc.constantFrom('x', 'y'),
  learnerId: fc.constantFrom('1', '2', '3'),
  purpose: fc.constantFrom<Purpose>('graded', 'practice'),
})

test('Whatever comes is taken once, and no school gets two turns while another waits.', () => {
  fc.assert(
    fc.property(fc.array(anyShare, { maxLength: 60 }), shares => {
      const queue = filled(shares)
      const left = new Set(shares.keys())
      const turns: Record<Purpose, string[]> = { graded: [], practice: [] }
      for (;;) {
        const next = queue.next()
        if (!next) break
        assert.ok(left.delete(next.at), 'It came twice.')
        const { purpose, schoolId } = next.share
        const others = [...left].some(
          at => shares[at]?.purpose === purpose && shares[at]?.schoolId !== schoolId,
        )
        if (others) assert.notEqual(turns[purpose].at(-1), schoolId)
        turns[purpose].push(schoolId)
      }
      assert.equal(left.size, 0)
    }),
  )
})
