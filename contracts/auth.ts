import { accountOperations } from './auth/accounts.ts'
import { auditFiles, auditOperations } from './auth/audit.ts'
import { authEvents, authInnerEvents } from './auth/events.ts'
import { factorOperations, federationPages } from './auth/factors.ts'
import { keyOperations, oauthPages } from './auth/keys.ts'
import { officeOperations } from './auth/offices.ts'
import { organizationOperations, peopleFiles, peopleOperations } from './auth/people.ts'
import { privacyFiles, privacyOperations } from './auth/privacy.ts'
import { sessionOperations } from './auth/sessions.ts'
import { authNotes } from './notes/auth.ts'
import { operationsOf } from './operations.ts'
import { defineService } from './service.ts'

/** Who someone is, to which school they belong, how they sign in, and what is known of all that. */
export const authContract = {
  ...accountOperations,
  ...sessionOperations,
  ...factorOperations,
  ...peopleOperations,
  ...officeOperations,
  ...organizationOperations,
  ...auditOperations,
  ...keyOperations,
  ...privacyOperations,
  ...operationsOf('auth'),
}

export const authFiles = {
  ...federationPages,
  ...oauthPages,
  ...peopleFiles,
  ...auditFiles,
  ...privacyFiles,
}

export const auth = defineService({
  name: 'auth',
  title: 'People and sign-in',
  about: 'Accounts, schools, roles, sessions, keys and the audit log.',
  keepsPersonalData: true,
  operations: authContract,
  files: authFiles,
  events: authEvents,
  innerEvents: authInnerEvents,
  notes: authNotes,
})
