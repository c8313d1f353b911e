import type { IconName } from '@azora/ui/icon.tsx'

/** The parts of the portal, in the order of the navigation; `name` is also the key of its text. */
export const sections = [
  { name: 'start', path: '/', icon: 'overview' },
  { name: 'guides', path: '/guides', icon: 'book' },
  { name: 'reference', path: '/reference', icon: 'code' },
  { name: 'keys', path: '/keys', icon: 'key' },
  { name: 'clients', path: '/clients', icon: 'shield' },
  { name: 'webhooks', path: '/webhooks', icon: 'link' },
  { name: 'usage', path: '/usage', icon: 'pulse' },
  { name: 'typescript', path: '/typescript', icon: 'download' },
] as const satisfies { name: string; path: string; icon: IconName }[]
