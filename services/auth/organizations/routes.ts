import type { organizationOperations } from '@azora/contracts/auth/people.ts'
import { callerOf } from '@azora/kit/caller.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import { actorOf } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOrganizationRow, selectSettings } from './organizations.store.ts'
import { listSchools, openSchool } from './schools.ts'
import { changeSettings } from './settings.ts'

/** Schools and their settings. */
export function organizationHandlers({
  db,
  revocations,
}: Pick<ServiceKit, 'db' | 'revocations'>): Handlers<typeof organizationOperations> {
  return {
    async getOrganizationSettings(_input, context) {
      const { organizationId } = actorOf(context)
      return selectSettings(db.in(organizationId), organizationId)
    },
    saveOrganizationSettings: (changes, context) =>
      changeSettings({ db, revocations }, callerOf(context), actorOf(context).organizationId, changes),
    listOrganizations: input => listSchools(db, input),
    createOrganization: (input, context) => openSchool(db, callerOf(context), input),
    async saveOrganization({ organizationId, ...changes }, context) {
      await changeSettings({ db, revocations }, callerOf(context), organizationId, changes)
      return selectOrganizationRow(db.across, organizationId)
    },
  }
}
