import { may } from '@azora/contracts/permissions.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectLargestShares, selectStorageUse } from './storage.store.ts'

const mostPeople = 10

/** What one's own files take, and for who manages the school what all of its do, and whose take most. */
export async function readStorage({ db, config }: Pick<ServiceKit, 'db' | 'config'>, actor: Actor) {
  const { organizationId, userId } = actor
  const school = db.in(organizationId)
  const { personBytes, schoolBytes } = await selectStorageUse(school, userId)
  const quota = config.storageQuota
  return {
    own: { usedBytes: personBytes, limitBytes: quota.personBytes },
    school: may(actor, 'organization.manage')
      ? {
          usedBytes: schoolBytes,
          limitBytes: quota.schoolBytes,
          people: await selectLargestShares(school, mostPeople),
        }
      : null,
  }
}
