import type { IconName } from '@azora/ui/icon.tsx'

/** The parts of the portal, in the order of the navigation; `name` is also the key of its text. */
export const sections = [
  { name: 'guides', path: '/', icon: 'book' },
  { name: 'reference', path: '/reference', icon: 'file' },
  { name: 'tryIt', path: '/try', icon: 'code' },
  { name: 'keys', path: '/keys', icon: 'shield' },
  { name: 'clients', path: '/clients', icon: 'person' },
  { name: 'webhooks', path: '/webhooks', icon: 'link' },
  { name: 'usage', path: '/usage', icon: 'clock' },
  { name: 'typescript', path: '/typescript', icon: 'download' },
] as const satisfies { name: string; path: string; icon: IconName }[]
