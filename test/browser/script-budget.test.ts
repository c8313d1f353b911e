import assert from 'node:assert/strict'
import { it } from 'node:test'
import { scriptBudget, scriptSizes } from './script-sizes.ts'

it('no page sends more script at first than its budget allows', async () => {
  const [sizes, budget] = await Promise.all([scriptSizes(), scriptBudget()])
  assert.deepEqual(
    Object.keys(sizes).filter(route => !(route in budget)),
    [],
    'These routes have no budget. `npm run script-sizes` says what they send; give each about 5 % more.',
  )
  assert.deepEqual(
    Object.keys(budget).filter(route => !(route in sizes)),
    [],
    'These routes are no more: delete their lines in test/browser/script-budget.json.',
  )
  const over = Object.entries(sizes).filter(([route, bytes]) => bytes > (budget[route] ?? 0))
  assert.deepEqual(
    over.map(([route, bytes]) => `${route}: ${bytes} bytes, allowed are ${budget[route]}`),
    [],
    'Load what is not needed at first by import() when it is; a budget is raised only for what is worth it.',
  )
})

it('the sizes are of real scripts', async () => {
  for (const [route, bytes] of Object.entries(await scriptSizes()))
    assert.ok(bytes > 20_000 && bytes < 2_000_000, `${route}: ${bytes} bytes`)
})
