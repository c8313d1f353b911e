import type { Notes } from './notes.ts'

/** Fields of bundles. */
export const bundleNotes: Notes = {
  bundleId: 'Identifies the bundle.',
  'bundle.id': 'Identifies the bundle.',
  'bundles.id': 'Identifies the bundle.',
  bundle: 'The bundle that the items are together; null where they are none.',
  'bundle.title': ['What the bundle is called.', 'All about water'],
  'bundles.title': ['What the bundle is called.', 'All about water'],
  'createBundle.courseIds': 'The courses that it is of, each once.',
  'saveBundle.courseIds': 'The courses that it is of, each once.',
  'getBundle.courses': 'What it opens, each with what it costs alone.',
  'bundles.courses': 'What it opens, each with what it costs alone.',
  'getBundleQuote.coupon': ['The code of a coupon.', 'RIVERS-10'],
  'startBundleCheckout.coupon': ['The code of a coupon.', 'RIVERS-10'],
  'startBundleCheckout.price': 'The price of the bundle that the buyer was shown.',
  'startBundleCheckout.total': 'What the buyer was shown that it comes to, with tax; the price, without it.',
  'startBundleCheckout.version': ['The version of the bundle that the buyer was shown.', 1],
  'startBundleCheckout.from':
    'Whether the order is going to be paid from your wallet; then no page is opened for it.',
  'startBundleCheckout.kind':
    'Whether something is bought, or money is put into a wallet: a deposit has no items.',
  sold: ['How many paid orders there are of the bundle.', 12],
  available: 'Whether all of it is sold now.',
  owned: 'The courses of it that you have.',
}
