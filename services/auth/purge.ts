import { allSteps } from '@azora/kit/each-alone.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { purgeUnfinished } from './factors/purge.ts'
import { deleteExpiredAttempts } from './federation/attempts.store.ts'
import { deleteOldInvitations } from './invitations/invitations.store.ts'
import { deleteOldRevocations } from './sessions/revocations.store.ts'
import { purgeSessions } from './sessions/sessions.ts'
import { purgeRetiredKeys, rotateOldSigningKey } from './tokens/signing-keys.ts'

/** Every night: remove what has ended, and sign with a new key once the present one is old. */
export const purgeEnded = ({ db, log, sealing }: Pick<ServiceKit, 'db' | 'log' | 'sealing'>): Promise<void> =>
  allSteps([
    async () => log.info('Ended sessions were removed', { removed: await purgeSessions(db) }),
    async () => {
      if (await rotateOldSigningKey(db, sealing)) log.info('The signing key was replaced')
    },
    () => purgeRetiredKeys(db),
    () => purgeUnfinished(db),
    () => deleteExpiredAttempts(db.across),
    () => deleteOldInvitations(db.across),
    () => deleteOldRevocations(db.across),
  ])
