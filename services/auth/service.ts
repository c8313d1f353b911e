import type { ServiceDefinition } from '@azora/kit/service.ts'
import { authHandlers } from './routes.ts'
import { purgeSessions } from './sessions/sessions.ts'
import { createIssuer } from './tokens/issuer.ts'
import { purgeRetiredKeys } from './tokens/signing-keys.ts'

/**
 * Who somebody is and to which school they belong: accounts, sessions, tokens. Publishes `organization.created`,
 * `user.created` and `user.roles_changed`; hears nothing.
 */
export const auth: ServiceDefinition = {
  name: 'auth',
  migrations: new URL('./migrations/', import.meta.url),
  wire(kit) {
    const { db, log, sealing } = kit
    const issuer = createIssuer(db, sealing)
    return {
      prepare: issuer.prepare,
      handlers: authHandlers(kit, issuer),
      jobs: {
        'auth.purge_sessions': async () => {
          const removed = await purgeSessions(db)
          await purgeRetiredKeys(db)
          log.info('Ended sessions were removed', { removed })
        },
      },
      schedules: [{ task: 'auth.purge_sessions', cron: '17 3 * * *' }],
    }
  },
}
