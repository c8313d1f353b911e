import type { Price } from '@azora/contracts/money.ts'
import { call, type OutputOf } from '../lib/api.browser.ts'

/** What is bought: a course, for oneself or as a gift, or the version of a bundle that is shown. */
export type Goods = { courseId: string; gift?: boolean } | { bundleId: string; version: number }

type Wish = { price: Price; total: Price; coupon: string | undefined; from?: 'card' | 'wallet' }

export const startCheckout = (goods: Goods, wish: Wish): Promise<OutputOf<'payments.startCheckout'>> =>
  'bundleId' in goods
    ? call('payments.startBundleCheckout', { ...goods, ...wish })
    : call('payments.startCheckout', { ...goods, ...wish })

export const quoteFor = (
  goods: Goods,
  asked: { currency: string; coupon: string },
): Promise<OutputOf<'payments.getQuote'>> =>
  'bundleId' in goods
    ? call('payments.getBundleQuote', { bundleId: goods.bundleId, ...asked })
    : call('payments.getQuote', { courseId: goods.courseId, ...asked })
