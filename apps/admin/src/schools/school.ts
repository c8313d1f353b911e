import type { OutputOf } from '@azora/web/calls/operations.ts'

/** A school in the list of the installation's. */
export type School = OutputOf<'auth.listOrganizations'>['items'][number]
export type Tier = School['tier']
