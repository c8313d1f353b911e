import { parseArgs } from 'node:util'
import { canonicalEmail } from '@azora/contracts/email-address.ts'
import { nameFrom } from '@azora/contracts/names.ts'
import { roles } from '@azora/contracts/permissions.ts'
import type { ServiceName } from '@azora/contracts/service-names.ts'
import { readConfig, StartupFault } from '@azora/kit/config.ts'
import { type Database, openDatabase } from '@azora/kit/db.ts'
import { createLog } from '@azora/kit/log.ts'
import { serviceDatabaseUrl } from '@azora/kit/migrate.ts'
import { partNames } from '@azora/kit/parts.ts'
import { createSealing, type Sealing } from '@azora/kit/sealing.ts'
import { createAccount } from '@azora/service-auth/accounts/create-account.ts'
import { selectSchools } from '@azora/service-auth/audit/audit.store.ts'
import { reportAudit } from '@azora/service-auth/audit/audit-report.ts'
import { createOrganization } from '@azora/service-auth/organizations/organizations.ts'
import { rotateSigningKey } from '@azora/service-auth/tokens/signing-keys.ts'
import { reportLedgers } from '@azora/service-mint/chain/ledger-report.ts'
import { startCluster } from './cluster.ts'
import { demoAdmin, demoInstructor, demoLearner, demoPassword } from './demo/school.ts'
import { seedDemo } from './demo/seed.ts'
import { migrateAll, openDataDir, openInstallation } from './installation.ts'
import { kongFile } from './print-kong.ts'
import { type Part, serve } from './serve.ts'

/** The command line. Each command reads its settings from the environment; `help` lists them. */

// The reader of this output may leave, as `npm start | head` does; the school goes on without them.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (failure: NodeJS.ErrnoException) => {
    if (failure.code !== 'EPIPE') throw failure
  })
}

const say = (line: string) => process.stdout.write(`${line}\n`)

const help = `
npm start                        everything in one process, on embedded defaults
npm run cluster                  one process per service on this machine, for developers
npm run azora -- migrate         bring the database up to date
npm run azora -- kong [--jwks URL]   a configuration for Kong, see deploy/kong
npm run azora -- serve PART      one part of a cluster: ${partNames.join(', ')}
npm run azora -- create-school --slug SLUG --name NAME [--default]
npm run azora -- create-account --school SLUG --email E-MAIL --name NAME --role ROLE   (the password on standard input)
npm run azora -- rotate-signing-key   sign access tokens with a new key; nobody is signed out
npm run azora -- verify-audit [--school SLUG] [--expect SEQUENCE:HASH]   recompute the audit log; ends with 1 if it is broken
npm run azora -- verify-ledger [--school SLUG]   recompute every balance and the chain of the journal; ends with 1 if they differ

Settings (environment): PORT, HOST, AZORA_DATA_DIR, AZORA_PUBLIC_URL, AZORA_SECRET, AZORA_DEMO, DATABASE_URL,
REDIS_URL, AMQP_URL, MONGODB_URL, SMTP_URL, S3_BUCKET … — see docs/operations/settings.md
`

// npm and a terminal may both pass on one Ctrl-C; what follows within this time is the same one.
const sameSignalMs = 1000

/** Wait for Ctrl-C or an order to end, or for the death of the parent that started us. A later Ctrl-C ends at once. */
function untilTold(): Promise<'told'> {
  return new Promise(resolve => {
    let toldAt = 0
    const told = (signal: 'SIGINT' | 'SIGTERM' | 'disconnect') => {
      if (toldAt === 0) toldAt = Date.now()
      else if (signal === 'SIGINT' && Date.now() - toldAt > sameSignalMs) process.exit(130)
      resolve('told')
    }
    process.on('SIGINT', told)
    process.on('SIGTERM', told)
    process.on('disconnect', () => told('disconnect'))
  })
}

async function runPart(part: Part): Promise<void> {
  const config = readConfig()
  const began = performance.now()
  const told = untilTold()
  const served = await serve(part, config, say)
  const url = `http://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${served.port}`
  if (part === 'all' && config.demo) {
    const authDb = served.process?.directory.running.get('auth')?.subscriber.db
    if (authDb && served.installation) {
      await seedDemo({ authDb, url, scratchDir: served.installation.dataDir, say })
    }
    announce(url, performance.now() - began)
  } else {
    say(`Azora (${part}) is ready at ${url} after ${((performance.now() - began) / 1000).toFixed(1)} s.`)
  }
  const outcome = await Promise.race([told, served.lost])
  say(outcome === 'told' ? '\nStopping: finishing running work …' : `\nStopping: ${outcome.message}`)
  await served.stop()
  if (outcome !== 'told') process.exitCode = 1
}

function announce(url: string, ms: number): void {
  say(`
  Azora is ready at ${url}   (${(ms / 1000).toFixed(1)} s)

    Learner      ${demoLearner.email}
    Instructor   ${demoInstructor.email}
    Admin        ${demoAdmin.email}
    Password     ${demoPassword}   (the demo's, for all of them)

    Developers ${url}/developers     Emails sent ${url}/dev/mail     Health ${url}/health/ready
    Ctrl-C stops it.
`)
}

async function withAuthDatabase(
  work: (db: Database, sealing: Sealing, open: (service: ServiceName) => Database) => Promise<void>,
): Promise<void> {
  const config = readConfig()
  const dataDir = await openDataDir(config)
  const log = createLog({ level: config.logLevel, file: null, console: false })('azora')
  const installation = await openInstallation(config, dataDir, log)
  try {
    await migrateAll(installation, log)
    const open = (service: ServiceName) =>
      openDatabase({
        service,
        url: serviceDatabaseUrl(installation.adminUrl, installation.secret, service),
        maxConnections: 2,
        onError: () => {},
      })
    const db = open('auth')
    await work(db, createSealing([installation.secret, ...config.previousSecrets]), open)
    await db.close()
  } finally {
    await installation.close()
  }
}

async function readStandardInput(): Promise<string> {
  let text = ''
  for await (const chunk of process.stdin) text += chunk
  return text.trim()
}

async function createSchool(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      slug: { type: 'string' },
      name: { type: 'string' },
      default: { type: 'boolean', default: false },
    },
  })
  const { slug } = values
  const name = nameFrom(values.name ?? '', 120)
  if (!slug || !name) throw new StartupFault(['create-school needs --slug and --name.'])
  await withAuthDatabase(async db => {
    say(`School ${slug}: ${await createOrganization(db, { slug, name, isDefault: values.default })}`)
  })
}

async function createPerson(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      school: { type: 'string' },
      email: { type: 'string' },
      name: { type: 'string' },
      role: { type: 'string', default: 'admin' },
    },
  })
  const role = roles.find(known => known === values.role)
  const { school } = values
  const email = canonicalEmail(values.email ?? '')
  const name = nameFrom(values.name ?? '', 120)
  if (!school || !email || !name || !role) {
    throw new StartupFault([
      `create-account needs --school, --email, --name and --role: ${roles.join(', ')}.`,
    ])
  }
  const password = await readStandardInput()
  if (password.length < 10)
    throw new StartupFault(['Give a password of at least ten characters on standard input.'])
  await withAuthDatabase(async db => {
    const organizationId = await createOrganization(db, { slug: school, name: school, isDefault: false })
    say(
      `Account ${email}: ${await createAccount(db, { email, name, password, roles: [role], organizationId })}`,
    )
  })
}

async function verifyAudit(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { school: { type: 'string' }, expect: { type: 'string' } } })
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(values.expect ?? '') ?? []
  const expected = sequence && hash ? { sequence: Number(sequence), hash } : null
  if (values.expect && !expected) {
    throw new StartupFault([
      '--expect needs an entry and its hash, as verify-audit prints its head: SEQUENCE:HASH.',
    ])
  }
  if (expected && !values.school) throw new StartupFault(['--expect needs --school, whose entry it is.'])
  await withAuthDatabase(async db => {
    const intact = await reportAudit(db, { slug: values.school ?? null, expected }, say)
    if (intact === null) throw new StartupFault([`There is no school ${values.school}.`])
    if (!intact) process.exitCode = 1
  })
}

async function verifyLedger(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { school: { type: 'string' } } })
  await withAuthDatabase(async (db, _sealing, open) => {
    const schools = await selectSchools(db.across, values.school ?? null)
    if (schools.length === 0 && values.school)
      throw new StartupFault([`There is no school ${values.school}.`])
    const mint = open('mint')
    const intact = await reportLedgers(mint, schools, say)
    await mint.close()
    if (!intact) process.exitCode = 1
  })
}

async function main([command = 'start', ...args]: string[]): Promise<void> {
  if (command === 'run') return main(args.length > 0 ? args : ['help'])
  if (command === 'start') return runPart('all')
  if (command === 'cluster') return startCluster({ say, told: untilTold() })
  if (command === 'migrate') return withAuthDatabase(async () => void say('The database is up to date.'))
  if (command === 'create-school') return createSchool(args)
  if (command === 'create-account') return createPerson(args)
  if (command === 'verify-audit') return verifyAudit(args)
  if (command === 'verify-ledger') return verifyLedger(args)
  if (command === 'rotate-signing-key') {
    return withAuthDatabase(async (db, sealing) => {
      say(`Access tokens are signed with the key ${await rotateSigningKey(db, sealing)} within a minute.`)
    })
  }
  if (command === 'kong') {
    const { values } = parseArgs({ args, options: { jwks: { type: 'string' } } })
    process.stdout.write(await kongFile(readConfig(), values.jwks ?? null))
    return
  }
  if (command === 'serve') {
    const part = partNames.find(known => known === args[0])
    if (!part) throw new StartupFault([`serve needs one of: ${partNames.join(', ')}.`])
    return runPart(part)
  }
  say(help)
  if (command !== 'help') process.exitCode = 1
}

try {
  await main(process.argv.slice(2))
} catch (failure) {
  const lines =
    failure instanceof StartupFault
      ? failure.remedies
      : ['Azora could not start because of a bug.', String((failure as Error)?.stack ?? failure)]
  process.stderr.write(`\n${lines.map(line => `  ${line}`).join('\n')}\n\n`)
  process.exitCode = 1
}
// What a pipe has not taken yet would be cut off.
for (const stream of [process.stdout, process.stderr]) await new Promise(resolve => stream.write('', resolve))
// Whatever still holds the process open by now, a pool or a timer, has nothing left to do.
process.exit()
