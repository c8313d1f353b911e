/**
 * What an API key or an OAuth client may touch (RFC 6749, 3.3): each service, to read or to change. A scope narrows
 * what the roles behind the key grant; it never widens it.
 */
export const scopes = [
  'auth:read',
  'auth:write',
  'education:read',
  'education:write',
  'assessment:read',
  'assessment:write',
  'integrations:read',
  'integrations:write',
] as const

export type Scope = (typeof scopes)[number]

/** The scope that an operation asks for. */
export function scopeOf(service: string, method: string): Scope {
  return `${service}:${method === 'GET' || method === 'HEAD' ? 'read' : 'write'}` as Scope
}
