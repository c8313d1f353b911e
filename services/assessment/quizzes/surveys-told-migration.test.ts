import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { openDatabase } from '@azora/kit/db.ts'
import { migrate, serviceDatabaseUrl } from '@azora/kit/migrate.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestDatabase } from '@azora/kit/testing.ts'

const migrations = new URL('../migrations/', import.meta.url)
const thisOne = '20261127132500_surveys_told.sql'

test('The surveys of an installation from before are told to those who keep a copy; its quizzes are not.', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'azora-migrations-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  for (const name of await readdir(fileURLToPath(migrations)))
    if (name < thisOne) await copyFile(new URL(name, migrations), join(folder, name))
  const database = await createTestDatabase([{ name: 'assessment', migrations: pathToFileURL(`${folder}/`) }])
  t.after(() => database.drop())
  const url = serviceDatabaseUrl(database.adminUrl, database.secret, 'assessment')
  const db = openDatabase({ service: 'assessment', url, maxConnections: 2, onError: () => {} })
  const [organizationId, courseId, quiz, survey] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  try {
    for (const [id, kind] of [
      [quiz, 'quiz'],
      [survey, 'survey'],
    ])
      await db.in(organizationId).run(sql`
        insert into quizzes (id, organization_id, course_id, kind, title, passing_score, created_by)
        values (${id}, ${organizationId}, ${courseId}, ${kind}, 'Rivers and you', 60, ${randomUUID()})`)
    await migrate(database.adminUrl, database.secret, [{ service: 'assessment', migrations }])
    const told = await db.in(organizationId).rows<{ payload: unknown }>(sql`
      select payload from outbox where name = 'quiz.kind_set' and organization_id = ${organizationId}`)
    assert.deepEqual(
      told.map(({ payload }) => payload),
      [{ quizId: survey, courseId, organizationId, kind: 'survey', revision: 1 }],
    )
  } finally {
    await db.close()
  }
})
