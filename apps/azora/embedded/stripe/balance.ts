import { exponentOf, multiply } from '@azora/contracts/money.ts'
import type { Stripe } from 'stripe'
import { list } from './lists.ts'
import { newId } from './objects.ts'
import { createdShape, id, pageShape, text } from './params.ts'
import { route, taking } from './route.ts'
import { need, type Work } from './work.ts'

/**
 * What the sandbox keeps of a payment: 2.9 per cent, rounded half up, and 0.30 of the currency (nothing fixed where the
 * currency has no minor unit). A lost dispute costs 15.00 more. Stripe's own fees depend on country and contract.
 */
export function feeOf(amount: number, currency: string): number {
  const share = multiply(
    { amountMinor: amount, currency: currency.toUpperCase() },
    { numerator: 29, denominator: 1000 },
    'half_up',
  )
  return share.amountMinor + fixed(30, currency)
}

export const disputeFeeOf = (currency: string): number => fixed(1500, currency)

/** Hundredths of the currency in its own minor unit. */
function fixed(hundredths: number, currency: string): number {
  const digits = exponentOf(currency.toUpperCase())
  return digits >= 2 ? hundredths * 10 ** (digits - 2) : Math.floor(hundredths / 100)
}

const availableAfterS = 7 * 24 * 3600

type Movement = {
  amount: number
  currency: string
  fee: number
  type: Stripe.BalanceTransaction.Type
  category: string
  source: string
  description: string | null
  atOnce?: boolean
}

/** Write down what came in or went out. */
export function move(work: Work, movement: Movement): Stripe.BalanceTransaction {
  const { amount, currency, fee, source } = movement
  const made: Stripe.BalanceTransaction = {
    id: newId('balance_transaction'),
    object: 'balance_transaction',
    amount,
    available_on: movement.atOnce ? work.now : work.now + availableAfterS,
    balance_type: 'payments',
    created: work.now,
    currency,
    description: movement.description,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency,
              description: 'Stripe processing fees',
              type: 'stripe_fee',
            },
          ],
    net: amount - fee,
    reporting_category: movement.category,
    source,
    status: movement.atOnce ? 'available' : 'pending',
    type: movement.type,
  }
  work.store.put('balance_transaction', made)
  return made
}

/** Pending until its day. */
const asOf = (now: number, transaction: Stripe.BalanceTransaction): Stripe.BalanceTransaction => ({
  ...transaction,
  status: transaction.available_on <= now ? 'available' : 'pending',
})

const partsOf = (amounts: { currency: string; amount: number }[]): Stripe.Balance.Available[] =>
  amounts.map(({ currency, amount }) => ({ amount, currency, source_types: { card: amount } }))

export const balanceRoutes = [
  route('GET', '/v1/balance', {}, (work): Stripe.Balance => {
    const known = work.store.balances(work.now)
    return {
      object: 'balance',
      available: partsOf(known.map(({ currency, available }) => ({ currency, amount: available }))),
      livemode: false,
      pending: partsOf(known.map(({ currency, net, available }) => ({ currency, amount: net - available }))),
    }
  }),
  ...['/v1/balance_transactions', '/v1/balance/history'].map(url =>
    route(
      'GET',
      url,
      taking<Stripe.BalanceTransactionListParams>()({
        ...pageShape,
        ...createdShape,
        source: id.optional(),
        type: text.optional(),
        currency: text.optional(),
      }),
      (work, params): Stripe.ApiList<Stripe.BalanceTransaction> => {
        const { source, type, currency } = params
        const found = list(work, 'balance_transaction', url, params, {
          source: source ?? null,
          type: type ?? null,
          currency: currency ?? null,
        })
        return { ...found, data: found.data.map(transaction => asOf(work.now, transaction)) }
      },
    ),
  ),
  route('GET', '/v1/balance_transactions/:id', {}, (work, _params, name) =>
    asOf(work.now, need(work, 'balance_transaction', name, 'id')),
  ),
]
