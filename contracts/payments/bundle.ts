import { z } from 'zod'
import { operation } from '../operation.ts'
import { growing, id, line } from '../wire.ts'
import { currencyCode, positivePrice, price } from '../wire-money.ts'
import { couponCode } from './coupon.ts'
import { quote } from './quote.ts'
import { order, tags } from './shapes.ts'

const bundle = z.object({
  id,
  /** Counts what was changed in it: an order keeps the version that its buyer was shown. */
  version: z.number().int(),
  title: z.string(),
  description: z.string(),
  /** What all of it costs together, once in each currency. */
  prices: z.array(positivePrice),
  /** What it opens, each with what it costs alone. */
  courses: z.array(z.object({ courseId: id, title: z.string(), prices: z.array(positivePrice) })),
})

/** A bundle for one who may buy it. */
const bundleForYou = bundle.extend({
  /** Whether all of it is sold now; else none of it is. */
  available: z.boolean(),
  /** The courses of it that they have. */
  owned: z.array(id),
})

/** `draft`: nobody sees it. `offered`: people buy it. `retired`: who has it keeps it, nobody else gets it. */
const bundleStatus = z.enum(['draft', 'offered', 'retired']).meta(growing)

const schoolBundle = bundle.extend({
  status: bundleStatus,
  /** How many orders of it are paid. */
  sold: z.number().int(),
})

const terms = {
  title: line(160),
  description: z.string().trim().max(2000).default(''),
  prices: z.array(positivePrice).min(1).max(20),
  courseIds: z
    .array(id)
    .min(2)
    .max(50)
    .meta({
      examples: [['0198c7a2-5b1e-7c3d-8a9b-0c1d2e3f4a5b', '0198c7a2-5b1e-7c3d-8a9b-0c1d2e3f4a5c']],
    }),
}

/** Courses that are sold together. */
export const bundleOperations = {
  listBundles: operation({
    method: 'GET',
    path: '/payments/bundles',
    access: 'member',
    tags,
    summary: 'The bundles of courses that you can buy.',
  })
    .input(z.object({ courseId: id.optional().meta({ description: 'Only those with this course.' }) }))
    .output(z.object({ items: z.array(bundle) })),
  getBundle: operation({
    method: 'GET',
    path: '/payments/bundles/{bundleId}',
    access: 'member',
    tags,
    summary: 'A bundle of courses that is offered, and what of it you have.',
  })
    .input(z.object({ bundleId: id }))
    .output(bundleForYou),
  listSchoolBundles: operation({
    method: 'GET',
    path: '/payments/school-bundles',
    access: 'payments.read',
    tags,
    summary: 'All bundles of the school, the newest first.',
  }).output(z.object({ items: z.array(schoolBundle) })),
  createBundle: operation({
    method: 'POST',
    path: '/payments/bundles',
    access: 'office:finance',
    interactive: true,
    tags,
    successStatus: 201,
    summary: 'Make a bundle of courses, as a draft.',
  })
    .input(z.object(terms))
    .output(schoolBundle),
  saveBundle: operation({
    method: 'PUT',
    path: '/payments/bundles/{bundleId}',
    access: 'office:finance',
    interactive: true,
    tags,
    summary: 'Set what a bundle is from now on, as a new version.',
    description:
      'Who has bought it keeps what they bought. Refused as `conflict` where another person has saved since `version`.',
  })
    .input(z.object({ bundleId: id, version: z.number().int().min(1), ...terms }))
    .output(schoolBundle),
  setBundleStatus: operation({
    method: 'PUT',
    path: '/payments/bundles/{bundleId}/status',
    access: 'office:finance',
    interactive: true,
    tags,
    summary: 'Offer a bundle, or stop offering it.',
  })
    .input(z.object({ bundleId: id, status: z.enum(['offered', 'retired']) }))
    .output(schoolBundle),
  getBundleQuote: operation({
    method: 'GET',
    path: '/payments/bundles/{bundleId}/quote',
    access: 'member',
    tags,
    summary: 'What a bundle comes to for you, with its tax, before you buy it.',
  })
    .input(z.object({ bundleId: id, currency: currencyCode, coupon: couponCode.optional() }))
    .output(quote),
  startBundleCheckout: operation({
    method: 'POST',
    path: '/payments/bundles/{bundleId}/checkouts',
    access: 'member',
    interactive: true,
    tags,
    successStatus: 201,
    summary: 'Buy a bundle: an order of all its courses, with the address of the page on which it is paid.',
    description:
      'As `startCheckout`. Refused as `bundle_changed` where it is not the `version` that the buyer was shown any more, as `bundle_incomplete` where one of its courses is not sold now, and as `bundle_owned` where the buyer has all of them.',
  })
    .input(
      z.object({
        bundleId: id,
        version: z.number().int().min(1),
        price: positivePrice,
        /** What the buyer was shown that it comes to, with tax; the price, without it. */
        total: price.optional(),
        coupon: couponCode.optional(),
        /** Whether the order is going to be paid from the buyer's wallet (`payFromWallet`): no page is opened then. */
        from: z.enum(['card', 'wallet']).default('card'),
      }),
    )
    .output(order),
}
