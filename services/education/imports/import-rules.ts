import { may } from '@azora/contracts/permissions.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { ImportRow } from './imports.store.ts'

/** Whether an import is one's own, or one manages all courses. */
export const mayReadImport = (
  actor: Pick<Actor, 'userId' | 'roles' | 'offices'>,
  { createdBy }: Pick<ImportRow, 'createdBy'>,
): boolean => createdBy === actor.userId || may(actor, 'course.manage_all')
