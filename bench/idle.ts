import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { demoLearner, demoPassword } from '../apps/azora/demo/school.ts'
import { signIn } from '../test/api.ts'
import { startSystem } from '../test/system.ts'
import { cpuBetween, cpuOf, memoryOf, processesOf } from './processes.ts'
import { countStatements } from './statements.ts'

/**
 * `npm run bench -- idle`: what an installation costs that nobody uses. Statements are counted in a minute of their
 * own, since writing each into a log takes processor time.
 */

const settleSeconds = 30
const measuredSeconds = 60

/** Requests as a first visitor makes them, so that everything is loaded that stays loaded. */
async function warm(url: string): Promise<void> {
  const learner = await signIn(url, demoLearner.email, demoPassword)
  const { items } = await learner.api.education.listEnrollments({})
  const headers = { authorization: `Bearer ${learner.token}` }
  const course = items[0]?.courseId ?? ''
  const paths = ['/', '/courses', `/courses/${course}`, '/admin', '/developers', '/health/ready']
  for (const path of paths) await (await fetch(`${url}${path}`, { headers })).text()
}

const transactions = async (client: pg.Client) =>
  Number(
    (
      await client.query(
        'select xact_commit + xact_rollback as count from pg_stat_database where datname = current_database()',
      )
    ).rows[0].count,
  )

export async function benchIdle(say: (line: string) => void): Promise<void> {
  const system = await startSystem('single', { AZORA_LOG_TO: 'file' })
  try {
    await warm(system.url)
    // A warm start, as an installation is after its first day: the demo's imports leave memory behind.
    await system.kill('auth')
    await system.revive('auth')
    await warm(system.url)
    await setTimeout(settleSeconds * 1000)
    const { adminUrl } = await system.access()
    const client = new pg.Client({ connectionString: adminUrl })
    await client.connect()
    const [cpu, count] = [cpuOf(system.pid()), await transactions(client)]
    await setTimeout(measuredSeconds * 1000)
    const seconds = cpuBetween(cpu, cpuOf(system.pid()))
    const asked = (await transactions(client)) - count
    const memory = memoryOf(system.pid())
    const { rows } = await client.query(
      "select application_name as name, count(*)::int from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() group by 1 order by 1",
    )
    const found = await countStatements(client, join(system.dataDir, 'postgres.log'), () =>
      setTimeout(measuredSeconds * 1000),
    )
    await client.end()
    const sum = [...found.values()].reduce((all, one) => all + one, 0)
    say(`\nIdle, everything in one process, over ${measuredSeconds} s`)
    say(`  transactions            ${(asked / measuredSeconds).toFixed(1)} a second`)
    say(`  statements              ${(sum / measuredSeconds).toFixed(1)} a second`)
    say(`  processor time          ${((seconds * 100) / measuredSeconds).toFixed(2)} % of a core`)
    say(
      `  memory                  ${memory.proportionalMiB.toFixed(0)} MiB proportional, ${memory.residentMiB.toFixed(0)} MiB resident, in ${processesOf(system.pid())} processes`,
    )
    say(`  connections             ${rows.map(row => `${row.count} ${row.name}`).join(', ')}`)
    say('\nWhat is asked, in a minute')
    for (const [text, times] of [...found].sort(([, a], [, b]) => b - a).slice(0, 25))
      say(`  ${String(times).padStart(5)}  ${text}`)
  } finally {
    await system.stop()
  }
}
