import type { ServiceDefinition } from '@azora/kit/service.ts'
import { queueWelcome, sendWelcome, welcomeTask } from './letters/welcome.ts'
import { authFileHandlers, authHandlers } from './routes.ts'
import { deleteOldRevocations } from './sessions/revocations.store.ts'
import { purgeSessions } from './sessions/sessions.ts'
import { createIssuer } from './tokens/issuer.ts'
import { purgeRetiredKeys } from './tokens/signing-keys.ts'

/**
 * Who somebody is and to which school they belong: accounts, sessions, tokens. Publishes `organization.created`,
 * `user.created` and `user.roles_changed`; hears its own `user.created` to write the letter of welcome.
 */
export const auth: ServiceDefinition = {
  name: 'auth',
  migrations: new URL('./migrations/', import.meta.url),
  hears: ['user.created'],
  wire(kit) {
    const { db, log, sealing } = kit
    const issuer = createIssuer(db, sealing)
    return {
      prepare: issuer.prepare,
      handlers: authHandlers(kit, issuer),
      fileHandlers: authFileHandlers(kit, issuer),
      reactions: { 'user.created': (tx, person) => queueWelcome(tx, person) },
      jobs: {
        [welcomeTask]: (job: Parameters<typeof sendWelcome>[1]) => sendWelcome(kit, job),
        'auth.purge_sessions': async () => {
          const removed = await purgeSessions(db)
          await purgeRetiredKeys(db)
          await deleteOldRevocations(db.across)
          log.info('Ended sessions were removed', { removed })
        },
      },
      schedules: [{ task: 'auth.purge_sessions', cron: '17 3 * * *' }],
    }
  },
}
