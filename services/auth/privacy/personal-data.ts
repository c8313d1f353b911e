import type { PersonalData } from '@azora/kit/personal-data.ts'
import { deleteOriginsOf } from '../audit/audit.store.ts'
import {
  selectApiKeysOf,
  selectAuditOf,
  selectFactorsOf,
  selectInvitationsOf,
  selectOfficesOf,
  selectOptionalMembership,
  selectOptionalProfile,
  selectSessionsOf,
} from './personal-data.store.ts'

/**
 * What auth knows of a person. Their rows are gone before the event of it is published, and nothing can refer to them
 * any more; from where they acted may still be told by an entry that arrives late.
 */
export const authPersonalData: PersonalData = {
  gather: async (db, userId) => [
    { name: 'account.json', content: await selectOptionalProfile(db, userId) },
    { name: 'membership.json', content: await selectOptionalMembership(db, userId) },
    { name: 'offices.json', content: await selectOfficesOf(db, userId) },
    { name: 'sessions.json', content: await selectSessionsOf(db, userId) },
    { name: 'ways-in.json', content: await selectFactorsOf(db, userId) },
    { name: 'api-keys.json', content: await selectApiKeysOf(db, userId) },
    { name: 'invitations.json', content: await selectInvitationsOf(db, userId) },
    { name: 'audit-log.json', content: await selectAuditOf(db, userId) },
  ],
  erase: deleteOriginsOf,
}
