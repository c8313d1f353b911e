import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { services } from '../apps/azora/services.ts'
import { schemaOf } from '../kit/database-names.ts'
import { serviceDatabaseUrl } from '../kit/migrate.ts'
import { createTestDatabase } from '../kit/testing.ts'

/**
 * The second wall, as PostgreSQL sees it after the real migrations: what each service's role may do, and that no
 * table, policy or function opens a way around row-level security. That each table with a school stands behind it
 * is looked after in apps/azora/schemas.test.ts.
 */

const schemas = services.map(service => schemaOf(service.name))
let database: Awaited<ReturnType<typeof createTestDatabase>>
let admin: pg.Client

before(async () => {
  database = await createTestDatabase(services.map(({ name, migrations }) => ({ name, migrations })))
  admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
})
after(async () => {
  await admin?.end()
  await database?.drop()
})

async function as<T>(service: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: serviceDatabaseUrl(database.adminUrl, database.secret, service),
  })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** What PostgreSQL answers: `ok`, or the code of its refusal. */
const answerTo = (client: pg.Client, statement: string) =>
  client.query(statement).then(
    () => 'ok',
    failure => failure.code as string,
  )

const refused = '42501' // insufficient_privilege

// Tables that belong to no school, with what they hold.
const ofNoSchool = new Map([
  ['migrations', 'which migrations ran'],
  ['auth.organizations', 'the schools themselves'],
  ['auth.users', 'people, who may belong to several schools through memberships'],
  ['auth.signing_keys', 'the keys of access tokens, one set for the installation'],
  ['auth.revocations', 'ids of sessions and keys that ended, which every process reads'],
  ['auth.secrets', 'sealed values of the installation itself'],
  ['auth.totp_factors', 'authenticator apps of people, who are the same in every school'],
  ['auth.recovery_codes', 'recovery codes of people, who are the same in every school'],
  ['auth.passkeys', 'passkeys of people, who are the same in every school'],
  ['auth.identities', 'accounts elsewhere of people, who are the same in every school'],
  ['auth.federation_attempts', 'ways to a provider and back, before or beside any school'],
  ['auth.webauthn_ceremonies', 'what an authenticator is to sign, before or beside any school'],
  ['auth.data_exports', 'exports of people, each over all of their schools'],
  ['auth.deletion_tokens', 'the keys that undo the deletion of an account, in every school'],
  ['education.organizations', 'a copy of the schools and their names'],
  ['integrations.usage_batches', 'ids of what gateways have told already; a batch counts for many schools'],
])

test('A table belongs to a school, or is known to belong to none.', async () => {
  const { rows } = await admin.query<{ place: string; name: string }>(
    `select n.nspname || '.' || c.relname as place, c.relname as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname = any($1) and not exists
       (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped)`,
    [schemas],
  )
  const unknown = rows.filter(row => !ofNoSchool.has(row.place) && !ofNoSchool.has(row.name))
  assert.deepEqual(
    unknown.map(row => row.place),
    [],
    'give it organization_id and call protect_by_organization, or say here why it belongs to no school',
  )
  for (const place of ofNoSchool.keys()) {
    assert.ok(
      rows.some(row => row.place === place || row.name === place),
      `${place} is gone: delete it here`,
    )
  }
})

test('A policy lets in the school of the row and the scope of all, and none beside it lets in more.', async () => {
  const { rows } = await admin.query<{ place: string; qual: string; check: string | null; commands: string }>(
    `select schemaname || '.' || tablename as place, qual, with_check as check, cmd as commands
     from pg_policies where schemaname = any($1) order by place`,
    [schemas],
  )
  assert.ok(rows.length > 15, `only ${rows.length} policies`)
  // Permissive policies are joined by OR: a second one on a table could only open it.
  assert.equal(new Set(rows.map(row => row.place)).size, rows.length)
  const quals = new Set(rows.map(row => row.qual))
  assert.equal(quals.size, 1, [...quals].join('\n'))
  assert.deepEqual(
    rows.filter(row => row.check !== null || row.commands !== 'ALL').map(row => row.place),
    [],
  )
})

test('No role of a service is a superuser, passes row-level security, or is a member of another role.', async () => {
  const { rows } = await admin.query(
    `select rolname from pg_roles r
     where rolname = any($1) and (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication
       or exists (select from pg_auth_members m where m.member = r.oid))`,
    [[...schemas, 'jobs'].map(name => `azora_${name}`)],
  )
  assert.deepEqual(rows, [])
})

test('A service reads and writes no table of another service, and none of the waiting jobs.', async () => {
  const { rows: tables } = await admin.query<{ schema: string; place: string }>(
    `select schemaname as schema, format('%I.%I', schemaname, tablename) as place from pg_tables
     where schemaname = any($1)`,
    [[...schemas, 'azora_jobs']],
  )
  for (const service of schemas) {
    const foreign = tables.filter(table => table.schema !== service)
    assert.ok(foreign.length > 20)
    await as(service, async client => {
      for (const { place } of foreign) {
        assert.equal(await answerTo(client, `select from ${place}`), refused, `${service} reads ${place}`)
        assert.equal(await answerTo(client, `delete from ${place}`), refused, `${service} empties ${place}`)
      }
    })
  }
})

test('A service makes nothing, changes no table, and cannot take the wall down.', async () => {
  for (const service of schemas) {
    await as(service, async client => {
      for (const statement of [
        `create table ${service}.mine (id int)`,
        'create table public.mine (id int)',
        'create schema mine',
        `create function ${service}.mine() returns int language sql as 'select 1'`,
        `alter table ${service}.documents disable row level security`,
        `drop policy school on ${service}.documents`,
        `truncate ${service}.documents`,
        `update ${service}.migrations set hash = ''`,
        'alter role current_user bypassrls',
        'set session authorization postgres',
        "copy (select 1) to program 'true'",
        "select pg_read_file('PG_VERSION')",
      ]) {
        const answer = await answerTo(client, statement)
        assert.ok(
          ['42501', '42704', '22023'].includes(answer), // refused, or the role does not exist
          `${service}: ${statement}: ${answer}`,
        )
      }
    })
  }
})

test('The jobs\u2019 role sees no table of a service.', async () => {
  await as('jobs', async client => {
    for (const schema of schemas) {
      assert.equal(await answerTo(client, `select from ${schema}.documents`), refused)
    }
  })
})

// What services may do with jobs; each function tells the service by who signed in.
const ownJobs = [
  'cancel_own',
  'delete_own_failed',
  'delete_own_naming',
  'enqueue',
  'own_counts',
  'own_failed',
  'retry_own',
]

// PostgreSQL uses no text index under row-level security, since the operators could tell of hidden rows. These name the
// school themselves; `services/education/courses/search.test.ts` shows that they find nothing of another one.
const searches = ['find_courses', 'find_lessons', 'find_similar', 'respell']

test('A function that runs as its owner is one for jobs or for search, and looks names up in its own schema.', async () => {
  const { rows } = await admin.query(
    `select n.nspname as schema, p.proname as name, p.proconfig[1:1] as config from pg_proc p
     join pg_namespace n on n.oid = p.pronamespace
     where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema') order by p.proname`,
  )
  assert.deepEqual(
    rows,
    [
      ...ownJobs.map(name => ({ schema: 'azora_jobs', name, config: ['search_path=azora_jobs, pg_temp'] })),
      ...searches.map(name => ({
        schema: 'education',
        name,
        config: ['search_path=education, azora_extensions, pg_temp'],
      })),
    ].sort((a, b) => (a.name < b.name ? -1 : 1)),
  )
})

test('The searches name the school in each place they read from, and only education may call them.', async () => {
  const { rows } = await admin.query(
    `select proname as name, prosrc as source, proacl::text as rights from pg_proc
     where prosecdef and pronamespace = 'education'::regnamespace`,
  )
  assert.equal(rows.length, searches.length)
  for (const { name, source, rights } of rows) {
    const reads = source.match(/(?:from|union all\s+\(select [^;]*? from) (?:courses c|lessons l)\b/g) ?? []
    const named = source.match(/organization_id = searched_school\(\)/g) ?? []
    assert.ok(named.length > 0 && named.length >= reads.length, `${name} names the school wherever it reads`)
    assert.match(rights, /azora_education=X/, name)
    assert.doesNotMatch(rights, /[{,]=X/, name)
  }
})
