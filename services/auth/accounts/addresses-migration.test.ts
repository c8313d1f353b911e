import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { canonicalEmail } from '@azora/contracts/email-address.ts'
import pg from 'pg'
import { startAuth } from '../testing.ts'

let auth: Awaited<ReturnType<typeof startAuth>>
let admin: pg.Client
before(async () => {
  auth = await startAuth()
  admin = new pg.Client({ connectionString: auth.adminUrl })
  await admin.connect()
  await admin.query('set search_path to auth, public')
})
after(async () => {
  await admin.end()
  await auth.dispose()
})

const migration = new URL('../migrations/20261127010500_one_form_of_addresses.sql', import.meta.url)

/** What the migration makes of accounts that were there before it. */
async function migrated(addresses: string[]): Promise<string[]> {
  const ids = addresses.map(() => randomUUID())
  for (const [at, email] of addresses.entries())
    await admin.query("insert into users (id, email, name) values ($1, $2, 'Zola')", [ids[at], email])
  await admin.query(await readFile(migration, 'utf8'))
  const { rows } = await admin.query('select id, email from users where id = any($1)', [ids])
  return ids.map(id => rows.find(row => row.id === id).email)
}

test('Accounts with a domain in its own script are found by the form that is kept.', async () => {
  const before = [
    'zola@bücher.example',
    'zola@пример.рф',
    'zola@例え.テスト',
    'zola@उदाहरण.परीक्षा',
    'zola@faß.example',
    'zola@mail.école-supérieure.example',
    'zola@ñandúñandú.example',
    'josé@plain.example',
    'zola@plain.example',
  ]
  assert.deepEqual(
    await migrated(before),
    before.map(address => canonicalEmail(address)),
  )
})

test('Of two accounts with one address in two forms, both stay.', async () => {
  const both = ['thabo@müller.example', 'thabo@xn--mller-kva.example']
  assert.deepEqual(await migrated(both), both)
})
