import * as registry from './registry.ts'

type Registry = typeof registry

export type ServiceName = 'auth' | Registry[keyof Registry]['name'] | 'integrations'

/** The names of all services. */
export const serviceNames: readonly ServiceName[] = [
  'auth',
  ...Object.values(registry).map(service => service.name),
  'integrations',
]
