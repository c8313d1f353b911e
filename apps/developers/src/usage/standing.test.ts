import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBudgets, tierIn } from './standing.ts'

test('Both headers are read together, by the names of the budgets.', () => {
  const headers = new Headers({
    'RateLimit-Policy': '"general-address";q=3000;w=60, "general-person";q=600;w=60',
    RateLimit: '"general-address";r=2999;t=59, "general-person";r=12;t=8',
  })
  assert.deepEqual(readBudgets(headers)[1], {
    name: 'general-person',
    quota: 600,
    windowSeconds: 60,
    remaining: 12,
    resetSeconds: 8,
  })
  assert.deepEqual(readBudgets(new Headers()), [])
})

test('The tier is the one whose budget the headers name.', () => {
  const classes = (person: number) => {
    const one = { key: 1, person, address: 9000 }
    return { general: one, sign_in: one, upload: one, ai: one, verify: one, program: one }
  }
  const limits = {
    windowSeconds: 60,
    tiers: { free: classes(600), pro: classes(1200), enterprise: classes(3000), admin: classes(6000) },
  }
  const budgets = readBudgets(new Headers({ 'RateLimit-Policy': '"general-person";q=1200;w=60' }))
  assert.equal(tierIn(budgets, limits), 'pro')
  assert.equal(tierIn([], limits), null)
})
