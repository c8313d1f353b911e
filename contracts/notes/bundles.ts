import type { Notes } from './notes.ts'

/** Fields of bundles. */
export const bundleNotes: Notes = {
  bundleId: 'Identifies the bundle.',
  'bundle.id': 'Identifies the bundle.',
  'bundles.id': 'Identifies the bundle.',
  bundle: 'The bundle that the items are together; null where they are none.',
  'bundle.title': ['What the bundle is called.', 'All about water'],
  'bundles.title': ['What the bundle is called.', 'All about water'],
  sold: ['How many paid orders there are of the bundle.', 12],
  available: 'Whether all of it is sold now.',
  owned: 'The courses of it that you have.',
}
