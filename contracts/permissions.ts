import type { Office } from './offices.ts'

/**
 * What a role or an office may do. A service asks for a permission, never for a role, so that roles can change as data.
 */
export const permissions = [
  'course.author',
  'course.manage_all',
  'people.read',
  'people.support',
  'people.manage',
  'people.impersonate',
  'privacy.read',
  'organization.manage',
  'integrations.manage',
  'audit.read',
  'payments.read',
  'operations.read',
  'operations.manage',
  'ledger.read',
  'installation.manage',
] as const

export type Permission = (typeof permissions)[number]

/** The roles that someone may hold in a school. */
export const schoolRoles = ['learner', 'instructor', 'auditor', 'admin'] as const
export type SchoolRole = (typeof schoolRoles)[number]

/** Those, and the one of those who run the installation with all its schools. */
export const roles = [...schoolRoles, 'operator'] as const
export type Role = (typeof roles)[number]

const ofRole: Record<Role, readonly Permission[]> = {
  learner: [],
  instructor: ['course.author'],
  auditor: ['people.read', 'audit.read', 'payments.read', 'operations.read', 'ledger.read'],
  admin: [
    'course.author',
    'course.manage_all',
    'people.read',
    'people.support',
    'people.manage',
    'people.impersonate',
    'privacy.read',
    'organization.manage',
    'integrations.manage',
    'audit.read',
    'payments.read',
    'operations.read',
    'operations.manage',
    'ledger.read',
  ],
  operator: ['installation.manage', 'operations.read', 'operations.manage'],
}

/** What an office adds to a role. What it opens beyond that names the office itself, as `office:finance`. */
const ofOffice: Record<Office, readonly Permission[]> = {
  support: ['people.read', 'people.support'],
  compliance: ['people.read', 'privacy.read', 'audit.read'],
  finance: ['people.read', 'payments.read', 'ledger.read'],
  moderation: [],
  safeguarding: [],
}

/** Who asks: their roles, and the offices that they hold in the school. */
export type Holder = { roles: readonly Role[]; offices?: readonly Office[] | undefined }

/**
 * What a caller needs: a permission, or an office itself. The latter is a duty that belongs to its holder alone:
 * an administrator, who may give the office, cannot exercise it.
 */
export type Need = Permission | `office:${Office}`

/** Whether one of the roles or offices opens what asks for this. */
export function may({ roles, offices = [] }: Holder, need: Need): boolean {
  return (
    roles.some(role => ofRole[role].some(granted => granted === need)) ||
    offices.some(office => `office:${office}` === need || ofOffice[office].some(granted => granted === need))
  )
}

/** What the roles and offices grant together. */
export function permissionsOf(held: Holder): Permission[] {
  return permissions.filter(permission => may(held, permission))
}
