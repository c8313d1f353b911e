/** What a role may do. A service asks for a permission, never for a role, so that roles can change as data. */
export const permissions = [
  'course.author',
  'course.manage_all',
  'people.read',
  'people.manage',
  'people.impersonate',
  'organization.manage',
  'integrations.manage',
  'audit.read',
  'operations.read',
  'operations.manage',
  'installation.manage',
] as const

export type Permission = (typeof permissions)[number]

/** The roles that someone may hold in a school. */
export const schoolRoles = ['learner', 'instructor', 'auditor', 'admin'] as const
export type SchoolRole = (typeof schoolRoles)[number]

/** Those, and the one of those who run the installation with all its schools. */
export const roles = [...schoolRoles, 'operator'] as const
export type Role = (typeof roles)[number]

const granted: Record<Role, readonly Permission[]> = {
  learner: [],
  instructor: ['course.author'],
  auditor: ['people.read', 'audit.read', 'operations.read'],
  admin: [
    'course.author',
    'course.manage_all',
    'people.read',
    'people.manage',
    'people.impersonate',
    'organization.manage',
    'integrations.manage',
    'audit.read',
    'operations.read',
    'operations.manage',
  ],
  operator: ['installation.manage', 'operations.read', 'operations.manage'],
}

/** Whether one of the roles grants the permission. */
export function may(held: readonly Role[], permission: Permission): boolean {
  return held.some(role => granted[role].includes(permission))
}

/** What the roles grant together. */
export function permissionsOf(held: readonly Role[]): Permission[] {
  return permissions.filter(permission => may(held, permission))
}
