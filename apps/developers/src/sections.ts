import type { IconName } from '@azora/ui/icon.tsx'

/**
 * The parts of the portal, in the order of the navigation; `name` is also the key of its text. What is open is there
 * for visitors too.
 */
export const sections = [
  { name: 'start', path: '/', icon: 'overview', isOpen: true },
  { name: 'guides', path: '/guides', icon: 'book', isOpen: true },
  { name: 'reference', path: '/reference', icon: 'code', isOpen: true },
  { name: 'keys', path: '/keys', icon: 'key', isOpen: false },
  { name: 'clients', path: '/clients', icon: 'shield', isOpen: false },
  { name: 'webhooks', path: '/webhooks', icon: 'link', isOpen: false },
  { name: 'usage', path: '/usage', icon: 'pulse', isOpen: false },
  { name: 'typescript', path: '/typescript', icon: 'download', isOpen: true },
] as const satisfies { name: string; path: string; icon: IconName; isOpen: boolean }[]
