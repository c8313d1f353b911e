import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kindOf } from './decline.ts'
import { type FailedPayment, nextStep, usualSchedule } from './schedule.ts'

const first: FailedPayment = { on: '2026-06-01', declineCode: 'insufficient_funds' }
const again = (on: string, declineCode = 'insufficient_funds') => ({ on, declineCode })

test('A card that may work later is tried on the days of the schedule, and then no more.', () => {
  const failures = [first]
  const tried: string[] = []
  for (;;) {
    const step = nextStep(usualSchedule, failures, failures.at(-1)?.on ?? first.on, false)
    if (step.step !== 'retry') {
      assert.deepEqual(step, { step: 'wait', until: '2026-06-22' })
      break
    }
    tried.push(step.on)
    failures.push(again(step.on))
  }
  assert.deepEqual(tried, ['2026-06-04', '2026-06-06', '2026-06-08', '2026-06-15'])
})

test('A process that was away tries once for all the days it missed.', () => {
  assert.deepEqual(nextStep(usualSchedule, [first], '2026-06-10', false), { step: 'retry', on: '2026-06-04' })
  const late = [first, again('2026-06-10')]
  assert.deepEqual(nextStep(usualSchedule, late, '2026-06-10', false), { step: 'retry', on: '2026-06-15' })
})

test('A card that will not work again waits for another, which is tried at once.', () => {
  const failures = [again('2026-06-01', 'stolen_card')]
  assert.deepEqual(nextStep(usualSchedule, failures, '2026-06-05', false), {
    step: 'wait_for_card',
    until: '2026-06-22',
  })
  assert.deepEqual(nextStep(usualSchedule, failures, '2026-06-05', true), { step: 'retry', on: '2026-06-05' })
})

test('A bank that wants a confirmation is not asked again without one.', () => {
  const failures = [first, again('2026-06-04', 'authentication_required')]
  assert.equal(nextStep(usualSchedule, failures, '2026-06-10', false).step, 'wait_for_customer')
  assert.equal(nextStep(usualSchedule, failures, '2026-06-10', true).step, 'retry')
})

test('When the grace is over the schedule says what happens, whatever the card.', () => {
  for (const renewed of [false, true])
    assert.deepEqual(nextStep(usualSchedule, [first], '2026-06-22', renewed), {
      step: 'finish',
      action: 'cancel',
    })
  const pausing = { ...usualSchedule, finally: 'pause' as const }
  assert.deepEqual(nextStep(pausing, [first], '2026-07-01', false), { step: 'finish', action: 'pause' })
  // A retry after the grace would charge for what is closed.
  const short = { ...usualSchedule, graceDays: 4 }
  const twice = [first, again('2026-06-04')]
  assert.deepEqual(nextStep(short, twice, '2026-06-04', false), { step: 'wait', until: '2026-06-05' })
})

test('A decline code is hard, asks for its customer, or is worth another try.', () => {
  assert.equal(kindOf('expired_card'), 'hard')
  assert.equal(kindOf('authentication_required'), 'action')
  assert.equal(kindOf('processing_error'), 'soft')
  assert.equal(kindOf('a_code_of_next_year'), 'soft')
  assert.throws(() => nextStep(usualSchedule, [], '2026-06-01', false), RangeError)
})
