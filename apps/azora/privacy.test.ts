import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { personalDataServices } from '@azora/contracts/contract.ts'
import { readConfig } from '@azora/kit/config.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'
import { createLog } from '@azora/kit/log.ts'
import { publish } from '@azora/kit/outbox.ts'
import { createTestDatabase, testContext } from '@azora/kit/testing.ts'
import { createAccount } from '@azora/service-auth/accounts/create-account.ts'
import { createOrganization } from '@azora/service-auth/organizations/organizations.ts'
import { eraseDueAccounts } from '@azora/service-auth/privacy/deletion.ts'
import pg from 'pg'
import { fromBuffer } from 'yauzl'
import { leaveMoney, leavePurchase } from './privacy-testing.ts'
import { type AzoraProcess, startProcess } from './process.ts'
import { services } from './services.ts'

/** A person's data in every service and two schools: all of it can be had, and nothing of it is left afterwards. */

const name = 'Nokuthula Quixwright'
const email = 'nokuthula.quixwright@learner.example'
let database: Awaited<ReturnType<typeof createTestDatabase>>
let dataDir: string
let azora: AzoraProcess
let admin: pg.Client
let north: string
let south: string
let userId: string
let colleagueId: string

before(async () => {
  database = await createTestDatabase(
    services.map(service => ({ name: service.name, migrations: service.migrations })),
  )
  dataDir = await mkdtemp(join(tmpdir(), 'azora-privacy-'))
  azora = await startProcess({
    config: readConfig({}),
    installation: { dataDir, secret: database.secret, adminUrl: database.adminUrl },
    run: services.map(service => service.name),
    log: createLog({ level: 'error', file: null, console: false }),
  })
  admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  north = await createOrganization(authDb(), { slug: 'north', name: 'North School', isDefault: true })
  south = await createOrganization(authDb(), { slug: 'south', name: 'South School', isDefault: false })
  const person = { email, name, password: 'seven goats on a wall', organizationId: north }
  userId = await createAccount(authDb(), { ...person, roles: ['learner', 'instructor'] })
  await createAccount(authDb(), { ...person, roles: ['learner'], organizationId: south })
  const colleague = { ...person, email: 'colleague@school.example', name: 'A Colleague' }
  colleagueId = await createAccount(authDb(), { ...colleague, roles: ['admin'] })
  await until(
    'The person is known everywhere',
    async () => (await count('select from education.people')) === 3,
  )
  await leaveTraces()
})
after(async () => {
  await admin?.end()
  await azora?.stop()
  await database?.drop()
  if (dataDir) await rm(dataDir, { recursive: true, force: true })
})

const running = (service: (typeof services)[number]['name']) =>
  azora.directory.running.get(service) ?? assert.fail(`${service} does not run`)
const authDb = () => running('auth').subscriber.db
const count = async (statement: string, values: unknown[] = []) =>
  (await admin.query(statement, values)).rowCount ?? 0

async function until(what: string, look: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`${what}: not in time.`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

const everythingIsDone = () =>
  until('Every event has taken effect', async () => {
    const waiting = services.flatMap(({ name: service }) => [
      `select from ${service}.outbox where published_at is null`,
      `select from ${service}.inbox where processed_at is null`,
    ])
    for (const statement of [
      ...waiting,
      'select from azora_jobs._private_jobs where attempts < max_attempts',
    ]) {
      if ((await count(statement)) > 0) return false
    }
    return true
  })

function contextOf(person: string, organizationId = north) {
  const authenticatedAt = Date.now() / 1000
  const actor = {
    userId: person,
    organizationId,
    roles: ['instructor' as const],
    sessionId: randomUUID(),
    authenticatedAt,
  }
  return { ...testContext(actor), ip: '198.51.100.77', userAgent: `Browser of ${name}` }
}

const call = <T>(
  service: 'auth' | 'education' | 'assessment',
  operation: string,
  input: object,
  person = userId,
  school = north,
) => running(service).host.invoke(operation, input, contextOf(person, school)) as Promise<T>

/** Something of the person in every table that may hold it. */
async function leaveTraces(): Promise<void> {
  await leaveMoney(admin, { organizationId: north, userId })
  await leavePurchase(admin, { organizationId: north, userId, name })
  const { id: courseId } = await call<{ id: string }>('education', 'createCourse', {
    title: 'Rivers',
    category: 'Water',
  })
  await admin.query("update education.courses set status = 'published' where id = $1", [courseId])
  const ids = { module: randomUUID(), lesson: randomUUID(), enrollment: randomUUID(), other: randomUUID() }
  const own = [north, courseId]
  await admin.query("insert into education.modules values ($3, $1, $2, 'One', 1)", [...own, ids.module])
  await admin.query(
    `insert into education.lessons (id, organization_id, course_id, module_id, title, kind, position)
     values ($4, $1, $2, $3, 'The Nile', 'page', 1)`,
    [...own, ids.module, ids.lesson],
  )
  await admin.query(
    `insert into education.enrollments (id, organization_id, course_id, user_id) values ($3, $1, $2, $4), ($5, $1, $2, $6)`,
    [...own, ids.enrollment, userId, ids.other, colleagueId],
  )
  await admin.query(
    'insert into education.lesson_progress (organization_id, enrollment_id, lesson_id) values ($1, $2, $3)',
    [north, ids.enrollment, ids.lesson],
  )
  await admin.query(
    `insert into education.quiz_results (organization_id, enrollment_id, quiz_id, best_percent, passed, attempts)
     values ($1, $2, gen_random_uuid(), 77, true, 1)`,
    [north, ids.enrollment],
  )
  for (const [enrollment, owner, recipient] of [
    [ids.enrollment, userId, name],
    [ids.other, colleagueId, 'A Colleague'],
  ]) {
    await admin.query(
      `insert into education.certificates (id, organization_id, user_id, course_id, enrollment_id, recipient_name,
         course_title, instructor_name, school_name, issued_at, credential)
       values (gen_random_uuid(), $1, $2, $3, $4, $5, 'Rivers', $6, 'North School', now(), $7)`,
      [north, owner, courseId, enrollment, recipient, name, { credentialSubject: { name: recipient } }],
    )
  }
  await admin.query(
    `insert into education.imports (id, organization_id, created_by, file_name, status)
     values (gen_random_uuid(), $1, $2, $3, 'failed')`,
    [north, userId, `${name}.imscc`],
  )
  const quizId = randomUUID()
  await admin.query(
    `insert into assessment.quizzes (id, organization_id, course_id, title, passing_score, created_by)
     values ($1, $2, $3, 'Delta', 50, $4)`,
    [quizId, north, courseId, userId],
  )
  await admin.query(
    `insert into assessment.submissions (id, organization_id, quiz_id, user_id, attempt_number, question_ids, question_versions, answers)
     values (gen_random_uuid(), $1, $2, $3, 1, '{}', '{}', $4)`,
    [north, quizId, userId, { note: `written by ${name}` }],
  )
  await admin.query('insert into assessment.course_learners values ($1, $2, $3)', [...own, userId])
  for (const { name: service } of services) {
    await admin.query(
      `insert into ${service}.idempotency_keys (organization_id, user_id, key, request_hash, response)
       values ($1, $2, 'k', '', $3)`,
      [north, userId, { name, email }],
    )
  }
  await admin.query(
    `insert into auth.invitations (id, organization_id, email, name, roles, expires_at, accepted_at)
     values (gen_random_uuid(), $1, $2, $3, array['learner'], now(), now())`,
    [north, email, name],
  )
  await admin.query(
    `insert into auth.registrations (id, organization_id, email, name, password_hash, expires_at)
     values (gen_random_uuid(), $1, $2, $3, '', now())`,
    [south, email, name],
  )
  await admin.query(
    `insert into auth.identities (user_id, provider, subject, label) values ($1, 'google', '1', $2)`,
    [userId, email],
  )
  await admin.query(
    `insert into auth.sessions (id, organization_id, user_id, token, generation, ip, user_agent, expires_at)
     values (gen_random_uuid(), $1, $2, 'x', 1, '198.51.100.77', $3, now() + interval '1 day')`,
    [north, userId, `Browser of ${name}`],
  )
  await everythingIsDone()
}

async function unzip(path: string): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  const bytes = await readFile(path)
  await new Promise<void>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (failure, zip) => {
      if (failure) return reject(failure)
      zip.on('error', reject).on('end', resolve)
      zip.on('entry', entry => {
        zip.openReadStream(entry, async (problem, stream) => {
          if (problem) return reject(problem)
          files.set(entry.fileName, await text(stream))
          zip.readEntry()
        })
      })
      zip.readEntry()
    })
  })
  return files
}

async function filesLeft(): Promise<string[]> {
  const found = await readdir(join(dataDir, 'files'), { recursive: true, withFileTypes: true })
  return found.filter(file => file.isFile()).map(file => file.name)
}

type Export = { export: { id: string; status: string; bytes: number } | null }
const exportState = () => call<Export>('auth', 'getExport', {})

test('The services that take part are those that hear of it.', () => {
  for (const event of ['user.export_requested', 'user.deleted'] as const) {
    const hearing = services.filter(service => service.hears.includes(event)).map(service => service.name)
    assert.deepEqual(hearing.sort(), [...personalDataServices].sort(), event)
  }
})

test('An export holds what each service knows in each school, certificates as they were issued, and an email tells of it.', async () => {
  await call('auth', 'requestExport', {})
  await until('The export is ready', async () => (await exportState()).export?.status === 'ready')
  const { export: made } = await exportState()
  assert.ok(made)
  const files = await unzip(join(dataDir, 'files', 'exports', made.id, 'archive'))
  const json = (file: string) => JSON.parse(files.get(file) ?? assert.fail(`${file} is missing`))
  for (const school of ['north', 'south']) {
    assert.equal(json(`${school}/auth/account.json`).email, email)
    assert.equal(json(`${school}/education/profile.json`).name, name)
    assert.deepEqual(json(`${school}/assessment/attempts.json`).length, school === 'north' ? 1 : 0)
  }
  assert.equal(json('north/auth/invitations.json')[0].email, email)
  assert.equal(json('north/auth/ways-in.json').accountsElsewhere[0].label, email)
  assert.equal(json('north/auth/sessions.json')[0].ip, '198.51.100.77')
  const audit = json('north/auth/audit-log.json') as { action: string; ip: string }[]
  assert.ok(audit.some(entry => entry.action === 'course.created' && entry.ip === '198.51.100.77'))
  assert.deepEqual(json('north/assessment/attempts.json')[0].answers, { note: `written by ${name}` })
  assert.equal(json('north/assessment/quizzes-written.json')[0].title, 'Delta')
  const [enrolled] = json('north/education/enrollments.json')
  assert.deepEqual([enrolled.lessons[0].title, enrolled.quizzes[0].bestPercent], ['The Nile', 77])
  assert.equal(json('north/education/teaching.json')[0].title, 'Rivers')
  assert.equal(json('north/education/imports.json').length, 1)
  assert.equal(json('north/mint/accounts.json')[0].kind, 'wallet_liability')
  assert.equal(json('north/mint/transfers.json')[0].amount, '700')
  const credentials = [...files.keys()].filter(file => file.startsWith('north/education/certificates/'))
  assert.equal(credentials.length, 1)
  assert.equal(json(credentials[0] ?? '').credentialSubject.name, name)
  assert.equal(
    [...files.values()].some(content => /password_?hash|"token"|Colleague/i.test(content)),
    false,
  )
  await everythingIsDone()
  // The parts are gone once the archive is there.
  assert.deepEqual(await filesLeft(), ['archive'])
  const messages = (await azora.mail.mailbox?.()) ?? []
  assert.equal(
    messages.filter(message => message.to === email && message.subject === 'Your data is ready').length,
    1,
  )
})

/** Every place, as schema.table.column, of a text or JSON value in which one of the words stands. */
async function placesOf(words: string[]): Promise<string[]> {
  const { rows } = await admin.query<{ place: string; relation: string; column: string }>(
    `select format('%s.%s.%s', n.nspname, c.relname, a.attname) as place, format('%I.%I', n.nspname, c.relname) as relation,
       format('%I', a.attname) as column
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and n.nspname = any($1)
       and format_type(a.atttypid, null) ~ '^(text|character|json|uuid)'`,
    [[...services.map(service => service.name), 'azora_jobs']],
  )
  const found: string[] = []
  for (const { place, relation, column } of rows) {
    const hit = await count(`select from ${relation} where ${column}::text ilike any($1) limit 1`, [
      words.map(word => `%${word}%`),
    ])
    if (hit > 0) found.push(place)
  }
  return found.sort()
}

/** Where the bare id of an erased person still stands, and why. */
const bareIds = [
  // Who did what stays told by a bare id.
  'auth.audit_entries.actor_id',
  'auth.audit_entries.subject_id',
  // The events of the erasure itself, until they are old.
  'assessment.inbox.payload',
  'assessment.outbox.payload',
  'auth.inbox.payload',
  'auth.outbox.payload',
  'education.inbox.payload',
  'education.outbox.payload',
  'integrations.inbox.payload',
  'integrations.outbox.payload',
  'mint.inbox.payload',
  'mint.outbox.payload',
  // The books stay; whose the accounts were is not known any more.
  'mint.transfers.created_by',
  // As in education: the courses stay, a former member taught them.
  'payments.courses.instructor_id',
  'payments.inbox.payload',
  'payments.outbox.payload',
  // For as long as an access token lives.
  'auth.revocations.id',
  // Courses and quizzes stay with the school; a former member taught them.
  'assessment.courses.instructor_id',
  'assessment.quizzes.created_by',
  'education.courses.instructor_id',
  'education.people.user_id',
].sort()

test('Of a deleted account no name, address or network address is left in any table or file.', async () => {
  assert.ok((await placesOf([name, email, '198.51.100.77'])).length > 10)
  await call('auth', 'requestDeletion', {})
  await everythingIsDone()
  await admin.query("update auth.users set deletes_at = now() - interval '1 second' where id = $1", [userId])
  assert.equal(await eraseDueAccounts(authDb()), 1)
  await everythingIsDone()

  assert.deepEqual(await placesOf([name, email, '198.51.100.77']), [])
  assert.deepEqual(await placesOf([userId]), bareIds)
  const { rows } = await admin.query('select name, email from education.people where user_id = $1', [userId])
  assert.deepEqual(rows, [{ name: 'Former member', email: '' }])
  assert.deepEqual(await filesLeft(), [])
  const { rows: erased } = await admin.query(
    "select organization_id, details ->> 'service' as service from auth.audit_entries where action = 'person.erased'",
  )
  assert.equal(
    new Set(erased.map(row => `${row.organization_id} ${row.service}`)).size,
    2 * personalDataServices.length,
  )
})

test('What a request under way or late news brings back of an erased person is gone after the next night.', async () => {
  const known = { userId, organizationId: north, email, name, roles: ['learner' as const] }
  await authDb()
    .in(north)
    .transaction(tx => publish(tx, 'auth', 'user.created', known))
  await everythingIsDone()
  await admin.query(
    `insert into education.idempotency_keys (organization_id, user_id, key, request_hash, response)
     values ($1, $2, 'late', '', $3)`,
    [north, userId, { name }],
  )
  await admin.query(
    `insert into auth.audit_origins (organization_id, id, person_id, salt, ip, user_agent)
     select organization_id, id, $2, '', '198.51.100.77', '' from auth.audit_entries
     where organization_id = $1 and action = 'account.deleted'`,
    [north, userId],
  )
  const places = await placesOf([name, email, '198.51.100.77'])
  for (const place of [
    'auth.audit_origins.ip',
    'education.people.email',
    'education.idempotency_keys.response',
  ])
    assert.ok(places.includes(place), place)
  for (const { name: service } of services) {
    const tonight = defineTask(`${service}.erase_again`)
    await running(service)
      .subscriber.db.in(north)
      .transaction(tx => enqueue(tx, tonight, {}))
  }
  await everythingIsDone()
  assert.deepEqual(await placesOf([name, email, '198.51.100.77']), [])
  assert.deepEqual(await placesOf([userId]), bareIds)
})

test('What a colleague has there is untouched, with the instructor as a former member.', async () => {
  assert.equal(await count('select from education.enrollments where user_id = $1', [colleagueId]), 1)
  const { rows } = await admin.query('select recipient_name, instructor_name from education.certificates')
  assert.deepEqual(rows, [{ recipient_name: 'A Colleague', instructor_name: 'Former member' }])
})
