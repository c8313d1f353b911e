import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { type MrrHistory, only } from '@azora/billing/analytics/mrr.ts'
import { type Asked, type FigureName, figures } from './figures.ts'
import { figureInThread } from './figures-in-thread.ts'

const days = ['2026-03-05', '2026-05-31', '2026-08-01', '2026-10-17']
const histories = Array.from({ length: 500 }, (_, at): MrrHistory => {
  const interval = { unit: at % 3 === 0 ? 'year' : 'month', count: 1 } as const
  const changes = days.slice(at % 3).map((on, step) => {
    const price = { amountMinor: 10_000 + 7 * at + step, currency: 'ZAR' }
    return { on, price: (at + step) % 4 === 3 ? null : price, interval }
  })
  return { customer: `customer ${at % 450}`, changes }
})
const asked: Asked = { currency: 'ZAR', worth: only('ZAR'), months: 12, today: '2026-11-29', histories }

test('What is worked out in a thread is what is worked out here, and others are answered meanwhile.', async () => {
  for (const name of Object.keys(figures) as FigureName[]) {
    let turns = 0
    let over = false
    const work = figureInThread(name, asked, 'a school').finally(() => {
      over = true
    })
    while (!over) {
      await turn()
      turns += 1
    }
    assert.deepEqual(await work, figures[name](asked))
    // What is worked out in the loop's own time is over after its first turn. How many there are else, the machine decides.
    assert.ok(turns > 1, `${name}: ${turns} turns of the loop`)
  }
})

test('A month in which someone came and left again is told in its movements.', () => {
  const interval = { unit: 'month', count: 1 } as const
  const [price, on] = [{ amountMinor: 5000, currency: 'ZAR' }, '2026-10-02']
  const brief: MrrHistory = {
    customer: 'brief',
    changes: [
      { on, price, interval },
      { on: '2026-10-20', price: null, interval },
    ],
  }
  const { items } = figures.movements({ ...asked, months: 2, histories: [brief] })
  assert.deepEqual(
    items.map(({ month, new: begun, churn }) => [month, begun.amountMinor, churn.amountMinor]),
    [
      ['2026-10', 5000, -5000],
      ['2026-11', 0, 0],
    ],
  )
})
