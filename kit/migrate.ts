import { createHash, createHmac } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { roleOf, schemaOf, signedInService } from './database-names.ts'
import { noticeChannel } from './notices.ts'

/** The schema in which background jobs wait; owned by its own role. */
export const jobsSchema = 'azora_jobs'

/** The schema of PostgreSQL's extensions: what migrations of every service may build on. */
const extensionsSchema = 'azora_extensions'
const extensions = ['pg_trgm', 'unaccent']

const kitMigrations = new URL('./migrations/', import.meta.url)

export type MigrationSource = { service: string; migrations: URL }

/**
 * The password of a service's database role. Derived from the installation's secret, so that every process of a
 * cluster knows it without it being stored or sent.
 */
export function rolePassword(secret: string, role: string): string {
  return createHmac('sha256', secret).update(`database role ${role}`).digest('base64url')
}

/** The address at which a service connects: the administrator's, under the service's own role. */
export function serviceDatabaseUrl(adminUrl: string, secret: string, service: string): string {
  const url = new URL(adminUrl)
  url.username = roleOf(service)
  url.password = rolePassword(secret, roleOf(service))
  return url.href
}

async function ensureRole(client: pg.Client, role: string, secret: string): Promise<void> {
  const password = client.escapeLiteral(rolePassword(secret, role))
  const name = client.escapeIdentifier(role)
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
  // Two databases of one server may be migrated at once, as tests do; both may find the role missing.
  if (!rowCount) {
    await client
      .query(`create role ${name} login nosuperuser nobypassrls password ${password}`)
      .catch(failure => {
        if (failure.code !== '42710' && failure.code !== '23505') throw failure
      })
  } else {
    await client.query(`alter role ${name} login password ${password}`).catch(failure => {
      if (failure.code !== 'XX000') throw failure // "tuple concurrently updated": the other one set the same value
    })
  }
}

/**
 * Both extensions are trusted ones: a role that may create schemas in a database may create them, once the server has them.
 * @throws Error that says what to do, when the server has not.
 */
async function ensureExtensions(client: pg.Client): Promise<void> {
  await client.query(`create schema if not exists ${extensionsSchema}`)
  const { rows } = await client.query(
    'select e.extname as name, n.nspname as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = any($1)',
    [extensions],
  )
  const places = new Map(rows.map(row => [row.name as string, row.schema as string]))
  for (const name of extensions) {
    const place = places.get(name)
    if (place === extensionsSchema) continue
    const statement = place
      ? `alter extension ${name} set schema ${extensionsSchema}`
      : `create extension ${name} schema ${extensionsSchema}`
    try {
      await client.query(statement)
    } catch (failure) {
      throw new Error(
        `Search needs PostgreSQL's extension ${name}, which this database server does not let Azora OS set up. Install the server's contrib package if it is missing, let an administrator of the database run "${statement}", and start again.`,
        { cause: failure },
      )
    }
  }
}

async function pending(client: pg.Client, schema: string, folder: URL) {
  const files = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort()
  const { rows } = await client.query(`select name, hash from ${schema}.migrations`)
  const applied = new Map(rows.map(row => [row.name as string, row.hash as string]))
  const waiting: { name: string; text: string; hash: string }[] = []
  for (const name of files) {
    const text = await readFile(new URL(name, folder), 'utf8')
    const hash = createHash('sha256').update(text).digest('hex')
    const known = applied.get(name)
    if (known === undefined) waiting.push({ name, text, hash })
    else if (known !== hash) {
      throw new Error(`Migration ${schema.replaceAll('"', '')}/${name} was changed after it was applied.`)
    }
  }
  return waiting
}

async function migrateService(client: pg.Client, source: MigrationSource, secret: string): Promise<string[]> {
  const role = roleOf(source.service)
  const schema = client.escapeIdentifier(schemaOf(source.service))
  await ensureRole(client, role, secret)
  await client.query(`create schema if not exists ${schema}`)
  await client.query(
    `create table if not exists ${schema}.migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())`,
  )
  const done: string[] = []
  for (const folder of [kitMigrations, source.migrations]) {
    for (const migration of await pending(client, schema, folder)) {
      await client.query('begin')
      try {
        await client.query(`set local search_path to ${schema}, ${extensionsSchema}, public`)
        await client.query(migration.text)
        await client.query(`insert into ${schema}.migrations (name, hash) values ($1, $2)`, [
          migration.name,
          migration.hash,
        ])
        await client.query('commit')
      } catch (failure) {
        await client.query('rollback')
        throw new Error(`Migration ${source.service}/${migration.name} failed.`, { cause: failure })
      }
      done.push(`${source.service}/${migration.name}`)
    }
  }
  await client.query(`grant usage on schema ${schema}, ${extensionsSchema} to ${role}`)
  await client.query(`grant select, insert, update, delete on all tables in schema ${schema} to ${role}`)
  await client.query(`grant usage on all sequences in schema ${schema} to ${role}`)
  await client.query(`revoke insert, update, delete on ${schema}.migrations from ${role}`)
  return done
}

/**
 * What a service's role may see and do of the waiting jobs: those of its own tasks, which its name precedes. The
 * database tells the role apart by who signed in, so no argument can reach another service's. `school` narrows to the
 * jobs whose payload names that school; null leaves out nothing.
 */
const ownJobs = `
  ${jobsSchema}._private_jobs j join ${jobsSchema}._private_tasks t on t.id = j.task_id
  and starts_with(t.identifier, ${signedInService} || '.')`
const ofSchool = `(school is null or j.payload ->> 'organizationId' = school::text)`
const givenUp = 'j.attempts >= j.max_attempts and j.locked_at is null'
// Nothing of it is there to be cleaned up, or nobody will.
const neverBegan = `j.locked_at is null and (j.attempts = 0 or ${givenUp})`

const jobFunctions: Record<string, string> = {
  // graphile-worker's add_job looks for a running job of the key, then inserts unless there is one: a worker that starts
  // the waiting job between these two would leave none. So the one who adds a job locks its key, and the job that has it.
  'enqueue(task text, payload json, job_key text, max_attempts int, run_at timestamptz, priority int default 0, flags text[] default null) returns void': `
    select pg_advisory_xact_lock(hashtextextended('azora job ' || job_key, 0)) where job_key is not null;
    select from ${jobsSchema}._private_jobs j where j.key = job_key for update;
    select ${jobsSchema}.add_job(task, payload, run_at := run_at, max_attempts := max_attempts, job_key := job_key,
      priority := priority, flags := flags)`,
  // The first statement waits for a worker that is just taking the job, so that the last one sees whether it did.
  'cancel_own(wanted text) returns text': `
    select from ${ownJobs} where j.key = wanted for update of j;
    with gone as (
      delete from ${jobsSchema}._private_jobs w using ${ownJobs}
      where w.id = j.id and j.key = wanted and ${neverBegan} returning w.id
    ), marked as (
      update ${jobsSchema}._private_jobs w set key = null, flags = coalesce(w.flags, '{}') || '{"cancelled": true}',
        run_at = case when w.locked_at is null then now() else w.run_at end
      from ${ownJobs} where w.id = j.id and j.key = wanted and not (${neverBegan}) returning w.id
    )
    select 'waiting' from gone
    union all select 'begun' from marked m, pg_notify('${noticeChannel}', 'cancelled ' || m.id) told,
      pg_notify('jobs:insert', '{"count":1}') woken`,
  'own_counts(school uuid, out waiting bigint, out failed bigint, out oldest_seconds float8)': `
    select count(*) filter (where not (${givenUp})), count(*) filter (where ${givenUp}),
      greatest(0, coalesce(extract(epoch from clock_timestamp() - min(j.run_at) filter (where not (${givenUp}))), 0))
    from ${ownJobs} where ${ofSchool}`,
  'own_failed(school uuid, most int, before bigint default null) returns table (id bigint, task text, attempts int, error text, at timestamptz)': `
    select j.id, t.identifier, j.attempts::int, j.last_error, j.updated_at
    from ${ownJobs} where ${givenUp} and ${ofSchool} and (before is null or j.id < before) order by j.id desc limit most`,
  'retry_own(job bigint, school uuid) returns text': `
    with retried as (
      update ${jobsSchema}._private_jobs w set attempts = 0, run_at = now(), updated_at = now()
      from ${ownJobs} where w.id = j.id and j.id = job and ${givenUp} and ${ofSchool} returning t.identifier
    )
    select r.identifier from retried r, pg_notify('jobs:insert', '{"count":1}')`,
  'delete_own_failed(days int) returns void': `
    delete from ${jobsSchema}._private_jobs w using ${ownJobs}
    where w.id = j.id and ${givenUp} and j.updated_at < now() - make_interval(days => days)`,
  'delete_own_naming(words text[], school uuid) returns void': `
    delete from ${jobsSchema}._private_jobs w using ${ownJobs}
    where w.id = j.id and j.locked_at is null and ${ofSchool}
      and exists (select from unnest(words) word where position(word in j.payload::text) > 0)`,
}

async function migrateJobs(
  client: pg.Client,
  adminUrl: string,
  secret: string,
  services: string[],
): Promise<void> {
  await ensureRole(client, 'azora_jobs', secret)
  await runMigrations({ connectionString: adminUrl, schema: jobsSchema })
  // Replaced by ones that take more, under the same names.
  await client.query(`drop function if exists ${jobsSchema}.enqueue(text, json, text, int, timestamptz)`)
  await client.query(`drop function if exists ${jobsSchema}.own_failed(uuid, int)`)
  for (const [signature, body] of Object.entries(jobFunctions)) {
    await client.query(`
      create or replace function ${jobsSchema}.${signature}
      language sql security definer set search_path = ${jobsSchema}, pg_temp as $body$ ${body} $body$`)
  }
  await client.query(`grant usage on schema ${jobsSchema} to azora_jobs`)
  await client.query(`grant all on all tables in schema ${jobsSchema} to azora_jobs`)
  await client.query(`grant all on all sequences in schema ${jobsSchema} to azora_jobs`)
  // graphile-worker guards its private tables with row-level security that has no policy; its own role must pass.
  const { rows } = await client.query(
    `select c.relname from pg_class c where c.relnamespace = '${jobsSchema}'::regnamespace and c.relkind = 'r' and c.relrowsecurity
       and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'worker')`,
  )
  for (const { relname } of rows) {
    await client.query(
      `create policy worker on ${jobsSchema}.${client.escapeIdentifier(relname)} to azora_jobs using (true)`,
    )
  }
  const functions = Object.keys(jobFunctions)
    .map(signature => `${jobsSchema}.${signature.split('(')[0]}`)
    .join(', ')
  await client.query(`revoke all on function ${functions} from public`)
  for (const service of services) {
    await client.query(`grant usage on schema ${jobsSchema} to ${roleOf(service)}`)
    await client.query(`grant execute on function ${functions} to ${roleOf(service)}`)
  }
}

/**
 * Bring every service's schema up to date. Safe to run twice at once: an advisory lock lets one at a time in.
 * @returns the names of the migrations applied.
 * @throws when an applied migration file was changed, or one fails; that one is rolled back whole.
 */
export async function migrate(
  adminUrl: string,
  secret: string,
  sources: MigrationSource[],
): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'azora-migrate' })
  await client.connect()
  try {
    await client.query("select pg_advisory_lock(hashtext('azora migrate'))")
    const { rows } = await client.query('select current_database() as name')
    await client.query(`revoke create on schema public from public`)
    await ensureExtensions(client)
    const done: string[] = []
    for (const source of sources) done.push(...(await migrateService(client, source, secret)))
    await migrateJobs(
      client,
      adminUrl,
      secret,
      sources.map(source => source.service),
    )
    await client.query(`revoke connect on database ${client.escapeIdentifier(rows[0].name)} from public`)
    for (const role of [...sources.map(source => roleOf(source.service)), 'azora_jobs']) {
      await client.query(`grant connect on database ${client.escapeIdentifier(rows[0].name)} to ${role}`)
    }
    return done
  } finally {
    await client.end()
  }
}
