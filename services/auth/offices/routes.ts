import type { officeOperations } from '@azora/contracts/auth/offices.ts'
import { callerOf } from '@azora/kit/caller.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import { actorOf } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { endOffice, giveOffice, listOffices } from './appoint.ts'

/** Who holds what beside their roles. */
export function officeHandlers(
  kit: Pick<ServiceKit, 'db' | 'revocations'>,
): Handlers<typeof officeOperations> {
  return {
    listOffices: (query, context) => listOffices(kit.db, actorOf(context).organizationId, query),
    giveOffice: (wanted, context) => giveOffice(kit, callerOf(context), wanted),
    endOffice: (wanted, context) => endOffice(kit, callerOf(context), wanted),
  }
}
