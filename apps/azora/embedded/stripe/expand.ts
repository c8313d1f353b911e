import { invalid } from './failure.ts'
import type { Work } from './work.ts'

/**
 * `expand[]`: what is named by its id stands there in full. `latest_charge.balance_transaction` goes a step further,
 * and `data.customer` into each entry of a list.
 */
const deepest = 4

export function expand(work: Work, answer: object, paths: readonly string[]): object {
  // The stored object and events that tell of it stay as they are.
  const root = structuredClone(answer) as Record<string, unknown>
  for (const path of paths) {
    const steps = path.split('.')
    if (steps.length > deepest + 1 || steps.some(step => !/^[a-z][a-z0-9_]*$/.test(step))) throw cannot(path)
    into(work, root, steps, path)
  }
  return root
}

const cannot = (path: string) => invalid(`This property cannot be expanded (${path}).`, { param: 'expand' })

function into(work: Work, at: Record<string, unknown>, steps: string[], path: string): void {
  const [step = '', ...rest] = steps
  if (at.object === 'charge' && step === 'refunds') at.refunds = refundsOf(work, String(at.id))
  if (at.object === 'checkout.session' && step === 'line_items') at.line_items = itemsOf(work, String(at.id))
  if (!(step in at)) throw cannot(path)
  const value = at[step]
  const found = typeof value === 'string' ? work.store.findAny(value) : value
  if (typeof value === 'string' && found === null) throw cannot(path)
  if (found === null) return
  if (typeof found !== 'object') throw cannot(path)
  at[step] = found
  if (rest.length === 0) return
  for (const inner of Array.isArray(found) ? found : [found])
    into(work, inner as unknown as Record<string, unknown>, rest, path)
}

function itemsOf(work: Work, session: string) {
  const data = work.store.hidden(session).lineItems ?? []
  return { object: 'list', data, has_more: false, url: `/v1/checkout/sessions/${session}/line_items` }
}

function refundsOf(work: Work, charge: string) {
  const page = { limit: 10, startingAfter: null, endingBefore: null, created: {} }
  const data = work.store.list('refund', page, { charge })
  return {
    object: 'list',
    data: data.slice(0, 10),
    has_more: data.length > 10,
    url: `/v1/charges/${charge}/refunds`,
  }
}
