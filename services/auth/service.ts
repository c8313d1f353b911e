import { defineTask, runs } from '@azora/kit/jobs.ts'
import type { ServiceDefinition } from '@azora/kit/service.ts'
import { accountsPart } from './accounts/part.ts'
import { appendEntries } from './audit/append-entries.ts'
import { factorNoticeTask, sendFactorNotice } from './emails/factor-notice.ts'
import { identityNoticeTask, sendIdentityNotice } from './emails/identity-notice.ts'
import { invitationTask, sendInvitation } from './emails/invitation.ts'
import { queueWelcome, sendWelcome, welcomeTask } from './emails/welcome.ts'
import { privacyPart } from './privacy/part.ts'
import { purgeEnded } from './purge.ts'
import { authFileHandlers, authHandlers } from './routes.ts'
import { createIssuer } from './tokens/issuer.ts'

const purgeTask = defineTask('auth.purge_sessions', { cron: '17 3 * * *', priority: 'late' })

/**
 * Who someone is and to which school they belong: accounts, sessions, tokens. Publishes `organization.created`,
 * `user.created`, `user.changed` and `user.roles_changed`; hears its own `user.created` to write the welcome email.
 */
export const auth: ServiceDefinition = {
  name: 'auth',
  migrations: new URL('./migrations/', import.meta.url),
  hears: [
    'user.created',
    'audit.recorded',
    'user.export_requested',
    'user.exported',
    'user.deleted',
    'user.erased',
  ],
  wire(kit) {
    const { db, sealing } = kit
    const issuer = createIssuer(db, sealing)
    const accounts = accountsPart(kit)
    const privacy = privacyPart(kit)
    return {
      prepare: issuer.prepare,
      handlers: authHandlers(kit, issuer),
      fileHandlers: authFileHandlers(kit, issuer),
      reactions: {
        'user.created': (tx, person) => queueWelcome(tx, person),
        'audit.recorded': { all: appendEntries },
        ...privacy.reactions,
      },
      jobs: [
        ...accounts.jobs,
        ...privacy.jobs,
        runs(welcomeTask, job => sendWelcome(kit, job)),
        runs(invitationTask, job => sendInvitation(kit, job)),
        runs(factorNoticeTask, job => sendFactorNotice(kit, job)),
        runs(identityNoticeTask, job => sendIdentityNotice(kit, job)),
        runs(purgeTask, () => purgeEnded(kit)),
      ],
    }
  },
}
