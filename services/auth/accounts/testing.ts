import { statementsOf, testContext, testRun } from '@azora/kit/testing.ts'
import pg from 'pg'
import { startAuth } from '../testing.ts'
import { accountsPart } from './part.ts'

/** Auth, whose emails arrive when a test says so. For tests. */
export async function startAccounts() {
  const auth = await startAuth()
  const { jobs } = accountsPart(auth)
  const admin = new pg.Client({ connectionString: auth.adminUrl })
  await admin.connect()
  let networks = 0

  /** Do what waits in the background for accounts. */
  async function settle(): Promise<void> {
    const works = new Map(jobs.map(({ task, work }) => [task.name, work]))
    const { rows } = await admin.query<{ id: string; task: string; payload: never }>(
      `select j.id, t.identifier as task, j.payload from azora_jobs._private_jobs j
       join azora_jobs._private_tasks t on t.id = j.task_id where t.identifier = any($1) order by j.id`,
      [[...works.keys()]],
    )
    for (const { id, task, payload } of rows) {
      await works.get(task)?.(payload, testRun)
      await admin.query('delete from azora_jobs._private_jobs where id = $1', [id])
    }
  }

  /** Emails that arrived at an address, newest first. */
  async function emailsTo(email: string) {
    await settle()
    const all = (await auth.mail.mailbox?.()) ?? []
    return all.filter(message => message.to === email)
  }

  return {
    ...auth,
    settle,
    emailsTo,
    /** A visitor from a network that nobody has come from before. */
    stranger() {
      networks += 1
      return Object.assign(testContext(), { ip: `10.${networks >> 8}.${networks & 255}.1` })
    },
    /** The six digits that came last to an address; null when no email brought any. */
    async codeTo(email: string): Promise<string | null> {
      for (const { text } of await emailsTo(email)) {
        const [, first, second] = /^(\d{3}) (\d{3})$/m.exec(text) ?? []
        if (first && second) return first + second
      }
      return null
    },
    /** The token that came last to an address. */
    async tokenTo(email: string): Promise<string> {
      const messages = await emailsTo(email)
      for (const { text } of messages) {
        const [, token] = /reset-password#token=([\w-]+)/.exec(text) ?? []
        if (token) return token
      }
      throw new Error(`No email to ${email} brought a token.`)
    },
    /** A person signed in, with the context of their calls. */
    async member(...as: Parameters<typeof auth.addPerson>) {
      const person = await auth.addPerson(...as)
      const { tokens } = await auth.login(person.email)
      if (!tokens) throw new Error('A second factor was asked for.')
      const actor = await auth.identity.verify(tokens.accessToken)
      return { ...person, tokens, actor, context: testContext(actor) }
    },
    /** What PostgreSQL is asked while `work` runs, in order. */
    statementsOf: (work: () => Promise<unknown>) => statementsOf(auth.db, work),
    async dispose() {
      await admin.end()
      await auth.dispose()
    },
  }
}

/** How many times as long `one` takes as `other`: the median of runs side by side, whatever else the machine does. */
export async function relativeWork(
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
  runs = 9,
): Promise<number> {
  const ratios: number[] = []
  for (let run = 0; run < runs; run++) ratios.push((await secondsOf(one)) / (await secondsOf(other)))
  return ratios.sort((a, b) => a - b)[runs >> 1] as number
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work().catch(() => {})
  return performance.now() - began
}
