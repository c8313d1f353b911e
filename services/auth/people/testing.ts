import type { Office } from '@azora/contracts/offices.ts'
import type { Role } from '@azora/contracts/permissions.ts'
import { createIdentity } from '@azora/kit/identity.ts'
import { noNotices } from '@azora/kit/notices.ts'
import { createRevocations } from '@azora/kit/revocations.ts'
import { testContext } from '@azora/kit/testing.ts'
import pg from 'pg'
import { sendInvitation } from '../emails/invitation.ts'
import { createOrganization } from '../organizations/organizations.ts'
import { authHandlers } from '../routes.ts'
import { goodPassword, startAuth } from '../testing.ts'
import { publishedKeys } from '../tokens/signing-keys.ts'
import { countActiveAdmins, selectPublished } from './testing.store.ts'

type AuditEntry = {
  organizationId: string
  action: string
  actor: { id: string | null }
  impersonatorId: string | null
  subject: { kind: string; id: string } | null
  details: Record<string, unknown>
}

/** Auth whose tokens end when they are revoked, and people signed in to it. For tests. */
export async function startPeople() {
  const auth = await startAuth()
  const { db, issuer } = auth
  let handlers = auth.handlers
  const revocations = createRevocations({
    fetchNews: after => handlers.revocations({ after }, testContext()) as never,
    redis: null,
    notices: noNotices,
    log: auth.log,
  })
  const identity = createIdentity(
    async () => (await publishedKeys(db)) as { keys: Record<string, unknown>[] },
    revocations,
  )
  handlers = authHandlers({ ...auth, identity, revocations }, issuer)
  let schools = 0

  async function contextOf(accessToken: string) {
    return testContext(await identity.verify(accessToken))
  }

  return {
    ...auth,
    handlers,
    identity,
    contextOf,
    async addSchool() {
      schools += 1
      return createOrganization(db, {
        slug: `school-${schools}`,
        name: `School ${schools}`,
        isDefault: false,
      })
    },
    /** A new person signed in to a school, with the context of their calls. */
    async member(roles: Role[] = ['learner'], organizationId = auth.north, offices: Office[] = []) {
      const person = await auth.addPerson(roles, organizationId, offices)
      return { ...person, ...(await this.signIn(person.email)) }
    },
    async signIn(email: string, password = goodPassword) {
      const { tokens } = await auth.login(email, password)
      if (!tokens) throw new Error('A second factor was asked for.')
      const context = await contextOf(tokens.accessToken)
      return { tokens, context, sessionId: context.actor?.sessionId as string }
    },
    /** Whether an access token is refused, as soon as what was announced has been read. */
    async ends(accessToken: string): Promise<boolean> {
      for (let tries = 0; tries < 200; tries++) {
        const held = await identity.verify(accessToken).then(
          () => true,
          () => false,
        )
        if (!held) return true
        await new Promise(resolve => setTimeout(resolve, 5))
      }
      return false
    },
    async holds(accessToken: string): Promise<boolean> {
      return identity.verify(accessToken).then(
        () => true,
        () => false,
      )
    },
    audit: (school: string) =>
      selectPublished<AuditEntry>(db.across, { name: 'audit.recorded', organizationId: school }),
    events: (name: string, school: string) =>
      selectPublished<Record<string, unknown>>(db.across, { name, organizationId: school }),
    /** How many administrators of a school can act. */
    activeAdmins: (school: string) => countActiveAdmins(db.across, school),
    /** Write the email of an invitation, as its job does. @returns the token of its link, and the email. */
    async invitationEmail(invitationId: string, organizationId: string) {
      await sendInvitation(auth, { invitationId, organizationId })
      const [message] = (await auth.mail.mailbox?.()) ?? []
      const token = /\/invitation#token=([\w-]{43})$/m.exec(message?.text ?? '')?.[1]
      if (!message || !token) throw new Error('There is no email with a link.')
      return { message, token }
    },
    /** The jobs that wait with an address in them. The jobs' tables are not auth's own to read. */
    async jobsTo(email: string): Promise<string[]> {
      const client = new pg.Client({ connectionString: auth.adminUrl })
      await client.connect()
      try {
        const { rows } = await client.query<{ task: string }>(
          `select t.identifier as task from azora_jobs._private_jobs j
           join azora_jobs._private_tasks t on t.id = j.task_id where j.payload ->> 'email' = $1 order by j.id`,
          [email],
        )
        return rows.map(row => row.task)
      } finally {
        await client.end()
      }
    },
    async stop() {
      await revocations.stop()
      await auth.dispose()
    },
  }
}
