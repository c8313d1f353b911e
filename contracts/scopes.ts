import { type ServiceName, serviceNames } from './service-names.ts'

/**
 * What an API key or an OAuth client may touch (RFC 6749, 3.3): each service, to read or to change. A scope narrows
 * what the roles behind the key grant; it never widens it.
 */
export type Scope = `${ServiceName}:${'read' | 'write'}`

export const scopes: readonly Scope[] = serviceNames.flatMap(
  service => [`${service}:read`, `${service}:write`] as const,
)

/** The scope that an operation asks for. */
export function scopeOf(service: string, method: string): Scope {
  return `${service}:${method === 'GET' || method === 'HEAD' ? 'read' : 'write'}` as Scope
}
