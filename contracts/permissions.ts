/** What a role may do. A service asks for a permission, never for a role, so that roles can change as data. */
export const permissions = [
  'course.author',
  'course.manage_all',
  'people.read',
  'people.manage',
  'operations.read',
] as const

export type Permission = (typeof permissions)[number]

export const roles = ['learner', 'instructor', 'admin'] as const
export type Role = (typeof roles)[number]

const granted: Record<Role, readonly Permission[]> = {
  learner: [],
  instructor: ['course.author'],
  admin: ['course.author', 'course.manage_all', 'people.read', 'people.manage', 'operations.read'],
}

/** Whether one of the roles grants the permission. */
export function may(held: readonly Role[], permission: Permission): boolean {
  return held.some(role => granted[role].includes(permission))
}
