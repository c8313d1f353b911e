import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { migrate, rolePassword, serviceDatabaseUrl } from './migrate.ts'
import { createTestDatabase } from './testing.ts'

let folder: string
let database: Awaited<ReturnType<typeof createTestDatabase>>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'azora-migrations-'))
  database = await createTestDatabase([])
})
afterEach(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

const write = (name: string, text: string) => writeFile(join(folder, name), text)
const run = () =>
  migrate(database.adminUrl, database.secret, [
    { service: 'education', migrations: pathToFileURL(`${folder}/`) },
  ])

async function query(text: string, connectionString = database.adminUrl) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test('Migrations run once each, in the order of their names.', async () => {
  await write('20260102000000_second.sql', 'alter table shelves add column books int')
  await write('20260101000000_first.sql', 'create table shelves (id int)')
  const done = await run()
  assert.deepEqual(
    done.filter(name => name.includes('2026010')),
    ['education/20260101000000_first.sql', 'education/20260102000000_second.sql'],
  )
  assert.deepEqual(await run(), [])
})

test('A migration that was changed after it ran is refused by name.', async () => {
  await write('20260101000000_first.sql', 'create table shelves (id int)')
  await run()
  await write('20260101000000_first.sql', 'create table shelves (id bigint)')
  await assert.rejects(run(), /education\/20260101000000_first\.sql was changed after it was applied/)
})

test('A migration that fails is taken back whole, and those before it stay.', async () => {
  await write('20260101000000_first.sql', 'create table shelves (id int)')
  await write('20260102000000_second.sql', 'create table books (id int); select from nowhere')
  await assert.rejects(run(), /Migration education\/20260102000000_second\.sql failed/)
  const tables = await query(
    "select tablename from pg_tables where schemaname = 'education' and tablename in ('shelves', 'books')",
  )
  assert.deepEqual(tables, [{ tablename: 'shelves' }])
  await write('20260102000000_second.sql', 'create table books (id int)')
  assert.deepEqual(await run(), ['education/20260102000000_second.sql'])
})

test('Two processes that migrate at once apply each migration once.', async () => {
  await write('20260101000000_first.sql', 'create table shelves (id int); insert into shelves values (1)')
  const done = (await Promise.all([run(), run(), run()])).flat()
  assert.equal(done.filter(name => name.endsWith('_first.sql')).length, 1)
  assert.deepEqual(await query('select count(*)::int as n from education.shelves'), [{ n: 1 }])
})

test('A service signs in with a password that derives from the secret, and works in its schema.', async () => {
  await write('20260101000000_first.sql', 'create table shelves (id int)')
  await run()
  const url = serviceDatabaseUrl(database.adminUrl, database.secret, 'education')
  assert.equal(new URL(url).password, rolePassword(database.secret, 'azora_education'))
  assert.deepEqual(await query('insert into education.shelves values (7) returning id', url), [{ id: 7 }])
  assert.notEqual(
    rolePassword('another secret', 'azora_education'),
    rolePassword(database.secret, 'azora_education'),
  )
})

test("PostgreSQL's extensions stand in a schema of their own, also when they stood elsewhere.", async () => {
  const places = `select string_agg(extname || ' ' || extnamespace::regnamespace, ',' order by extname) as places
    from pg_extension where extname in ('pg_trgm', 'unaccent')`
  await query('alter extension unaccent set schema public')
  await run()
  const [found] = await query(places)
  assert.equal(found?.places, 'pg_trgm azora_extensions,unaccent azora_extensions')
})

test('A database in which extensions may not be set up is refused with the remedy.', async () => {
  const role = `azora_test_limited_${process.pid}`
  const name = new URL(database.adminUrl).pathname.slice(1)
  await query(`create role ${role} login createrole password 'limited'`)
  try {
    await query(`grant create on database "${name}" to ${role}`)
    await query('alter extension unaccent set schema public')
    const limited = new URL(database.adminUrl)
    limited.username = role
    limited.password = 'limited'
    await assert.rejects(
      migrate(limited.href, database.secret, []),
      /Search needs PostgreSQL's extension unaccent.*contrib package.*"alter extension unaccent set schema/,
    )
  } finally {
    await query(`revoke create on database "${name}" from ${role}`)
    await query(`drop role ${role}`)
  }
})
