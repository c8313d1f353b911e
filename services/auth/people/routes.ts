import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { peopleFiles, peopleOperations } from '@azora/contracts/auth/people.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import { callerOf } from '@azora/kit/caller.ts'
import type { FileHandlers, Handlers } from '@azora/kit/handlers.ts'
import { actorOf } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Answers } from '../answers.ts'
import { impersonationHandlers } from '../impersonation/routes.ts'
import { invitationHandlers } from '../invitations/routes.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { getAddress } from './get-address.ts'
import { listPeople, peopleCsv } from './list-people.ts'
import { reinstatePerson, removePerson, setRoles, suspendPerson } from './manage-members.ts'
import { selectOptionalMember } from './people.store.ts'
import { getPerson, resetFactors, revokePersonSessions, sendPasswordReset } from './person-access.ts'

/** The people of a school, as its administrators see and manage them. */
export function peopleHandlers(
  kit: Pick<ServiceKit, 'db' | 'revocations' | 'limiter'>,
  issuer: Issuer,
  answers: Answers,
): Handlers<typeof peopleOperations> {
  const { db } = kit
  return {
    ...invitationHandlers(kit, issuer, answers),
    ...impersonationHandlers(kit, issuer, answers),
    listPeople: (input, context) => listPeople(db, actorOf(context).organizationId, input),
    findMember: async ({ email }, context) => ({
      person: await selectOptionalMember(db.in(actorOf(context).organizationId), email),
    }),
    getAddress: input => getAddress(db, input),
    getPerson: ({ userId }, context) => getPerson(db, callerOf(context), userId),
    setRoles: (input, context) => setRoles(kit, callerOf(context), input),
    suspendPerson: (input, context) => suspendPerson(kit, callerOf(context), input),
    reinstatePerson: ({ userId }, context) => reinstatePerson(kit, callerOf(context), userId),
    async removePerson({ userId }, context) {
      await removePerson(kit, callerOf(context), userId)
      return { ok: true }
    },
    revokePersonSessions: async (input, context) => ({
      ended: await revokePersonSessions(kit, callerOf(context), input),
    }),
    async sendPasswordReset({ userId }, context) {
      await sendPasswordReset(db, callerOf(context), userId)
      return { ok: true }
    },
    resetFactors: ({ userId }, context) => resetFactors(kit, callerOf(context), userId),
  }
}

export function peopleFileHandlers({ db }: Pick<ServiceKit, 'db'>): FileHandlers<typeof peopleFiles> {
  return {
    async exportPeople(filter, context, _req, res) {
      const { organizationId } = actorOf(context)
      // Anyone who takes the list away leaves a trace.
      await db
        .in(organizationId)
        .transaction(tx => recordAudit(tx, 'auth', context, { action: 'people.exported' }))
      res.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present')
      res.setHeader('Content-Disposition', 'attachment; filename="people.csv"')
      res.setHeader('Cache-Control', 'no-store')
      await pipeline(Readable.from(peopleCsv(db, organizationId, filter)), res)
    },
  }
}
