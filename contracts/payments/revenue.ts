import { z } from 'zod'
import { operation } from '../operation.ts'
import { currencyCode, money, price } from '../wire-money.ts'
import { appliedRate } from './exchange-rate.ts'
import { tags } from './shapes.ts'

/** `2026-11`. */
const month = z.string().regex(/^\d{4}-\d{2}$/)

const asked = z.object({
  currency: currencyCode,
  months: z.coerce.number().int().min(1).max(36).default(12),
  include: z.enum(['currency', 'all']).default('currency').meta({
    description:
      'The subscriptions in the currency alone, or those in all currencies: each at its latest rate, the same for all months, so that no movement is one of exchange.',
  }),
})

/** A share of what was there; null where nothing was. */
const share = z.object({ numerator: z.int(), denominator: z.int() }).nullable()

/** What subscriptions bring, by the month. */
export const revenueOperations = {
  getRecurringRevenue: operation({
    method: 'GET',
    path: '/payments/revenue/recurring',
    access: 'payments.read',
    tags,
    summary: 'Monthly recurring revenue in a currency, today and at the end of each month.',
    description:
      'What is agreed for a period, without tax, over the months of it, of every subscription that is paid or late. Worked out exactly and rounded once.',
  })
    .input(asked)
    .output(
      z.object({
        on: z.iso.date(),
        mrr: price,
        customers: z.int(),
        items: z.array(z.object({ month, mrr: price, customers: z.int() })),
        /** By which other currencies were put into this one. */
        rates: z.array(appliedRate),
        /** Currencies that are left out, as there is no rate for them. */
        withoutRate: z.array(currencyCode),
      }),
    ),
  getRevenueMovements: operation({
    method: 'GET',
    path: '/payments/revenue/movements',
    access: 'payments.read',
    tags,
    summary: 'Why monthly recurring revenue is another at the end of each month than at its beginning.',
    description:
      'New: a first payment. Reactivation: again after nothing. Expansion and contraction: more or less than before. Churn: nothing any more. Opening and movements are the closing, to the cent.',
  })
    .input(asked)
    .output(
      z.object({
        items: z.array(
          z.object({
            month,
            opening: price,
            new: money,
            expansion: money,
            contraction: money,
            churn: money,
            reactivation: money,
            closing: price,
          }),
        ),
      }),
    ),
  getRevenueChurn: operation({
    method: 'GET',
    path: '/payments/revenue/churn',
    access: 'payments.read',
    tags,
    summary:
      'Which share of customers and of their revenue was lost in each month, and what a customer is worth.',
    description:
      'Of who paid at the beginning of the month. Revenue counts what left and what became less; what grew makes up for nothing. The value of a customer is revenue by customer over the share that left, null where no one did.',
  })
    .input(asked)
    .output(
      z.object({
        items: z.array(
          z.object({
            month,
            atStart: z.int(),
            left: z.int(),
            customers: share,
            revenue: share,
            lifetimeValue: price.nullable(),
          }),
        ),
      }),
    ),
  getRevenueCohorts: operation({
    method: 'GET',
    path: '/payments/revenue/cohorts',
    access: 'payments.read',
    tags,
    summary:
      'Customers by the month of their first payment: how many still paid at the end of each month since.',
  })
    .input(asked)
    .output(
      z.object({
        items: z.array(z.object({ month, months: z.array(z.object({ customers: z.int(), mrr: price })) })),
      }),
    ),
}
