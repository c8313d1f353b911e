import { may } from '@azora/contracts/permissions.ts'
import { actorOf, type RequestContext } from '@azora/kit/http.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectLargestShares, selectStorageUse } from './storage.store.ts'

const mostPeople = 10

/** What one's own files take, and for who manages the school what all of its do, and whose take most. */
export async function readStorage(
  { db, config }: Pick<ServiceKit, 'db' | 'config'>,
  context: RequestContext,
) {
  const { organizationId, userId, roles } = actorOf(context)
  const school = db.in(organizationId)
  const { personBytes, schoolBytes } = await selectStorageUse(school, userId)
  const quota = config.storageQuota
  return {
    own: { usedBytes: personBytes, limitBytes: quota.personBytes },
    school: may(roles, 'organization.manage')
      ? {
          usedBytes: schoolBytes,
          limitBytes: quota.schoolBytes,
          people: await selectLargestShares(school, mostPeople),
        }
      : null,
  }
}
