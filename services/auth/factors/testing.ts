import type { Actor } from '@azora/kit/identity.ts'
import { testContext } from '@azora/kit/testing.ts'
import pg from 'pg'
import { factorNoticeTask } from '../emails/factor-notice.ts'
import { startAuth } from '../testing.ts'
import { type Authenticator, createAuthenticator } from './test-authenticator.ts'
import { rewindTotp, selectAudit, selectMfaEnabled } from './testing.store.ts'
import { totpCode } from './totp.ts'

/** Auth, and people with second factors in it. For tests. */
export async function startFactors() {
  const auth = await startAuth()
  const { handlers, db } = auth

  async function contextOf(tokens: { accessToken: string } | null) {
    const actor = await auth.identity.verify(tokens?.accessToken ?? '')
    return testContext(actor) as ReturnType<typeof testContext> & { actor: Actor }
  }

  return {
    ...auth,
    contextOf,
    /** A person signed in by password, who has no second factor yet. */
    async member(...as: Parameters<typeof auth.addPerson>) {
      const person = await auth.addPerson(...as)
      const { tokens } = await auth.login(person.email)
      return { ...person, context: await contextOf(tokens) }
    },
    async addTotp(context: ReturnType<typeof testContext>) {
      const { secret } = await handlers.startTotp({}, context)
      const { codes } = await handlers.confirmTotp({ code: totpCode(secret, Date.now()) }, context)
      return { secret, codes }
    },
    /** Today's code, as if none had been used yet. */
    async freshCode(userId: string, secret: string) {
      await rewindTotp(db.across, userId)
      return totpCode(secret, Date.now())
    },
    async addPasskey(
      context: ReturnType<typeof testContext>,
      authenticator: Authenticator = createAuthenticator(),
      lies: Parameters<Authenticator['create']>[1] = {},
    ) {
      const { ceremonyId, options } = await handlers.startPasskeyRegistration({}, context)
      const response = authenticator.create(options, lies)
      const added = await handlers.addPasskey({ ceremonyId, response, name: 'Telephone' }, context)
      return { ...added, authenticator }
    },
    /** The challenge that a password brings. */
    async challengeOf(email: string) {
      const { challenge } = await auth.login(email)
      if (!challenge) throw new Error('No second factor was asked for.')
      return challenge
    },
    auditOf: (userId: string) => selectAudit(db.across, userId),
    /** What the emails are about that wait to be sent to someone, oldest first. */
    async emailsTo(userId: string): Promise<string[]> {
      const admin = new pg.Client({ connectionString: auth.adminUrl })
      await admin.connect()
      const { rows } = await admin
        .query(
          `select j.payload ->> 'change' as change from azora_jobs._private_jobs j
           join azora_jobs._private_tasks t on t.id = j.task_id
           where t.identifier = $1 and j.payload ->> 'userId' = $2 order by j.id`,
          [factorNoticeTask.name, userId],
        )
        .finally(() => admin.end())
      return rows.map(({ change }) => change)
    },
    mfaEnabled: (userId: string) => selectMfaEnabled(db.across, userId),
    /** Whose access tokens from before now no longer hold. */
    async staleSince(userId: string) {
      const { items } = await handlers.revocations({ after: 0 }, testContext())
      return items.filter(item => item.kind === 'user' && item.id === userId).length
    },
  }
}
