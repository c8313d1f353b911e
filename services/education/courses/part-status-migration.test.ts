import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Database, openDatabase } from '@azora/kit/db.ts'
import { migrate, serviceDatabaseUrl } from '@azora/kit/migrate.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestDatabase } from '@azora/kit/testing.ts'

/** An installation with courses of before lessons had a status is migrated: what learners saw, they see still. */

const migrations = new URL('../migrations/', import.meta.url)
const thisOne = '20261127020000_part_status.sql'

const [school, course, module, textId, videoTextId] = [
  randomUUID(),
  randomUUID(),
  randomUUID(),
  randomUUID(),
  randomUUID(),
]
const [quiz, page, withFile, video] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
const [attached, own, inText, unused, elsewhere] = [
  randomUUID(),
  randomUUID(),
  randomUUID(),
  randomUUID(),
  randomUUID(),
]

let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: Database
let folder: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'azora-migrations-'))
  for (const name of await readdir(fileURLToPath(migrations)))
    if (name < thisOne) await copyFile(new URL(name, migrations), join(folder, name))
  database = await createTestDatabase([{ name: 'education', migrations: pathToFileURL(`${folder}/`) }])
  const url = serviceDatabaseUrl(database.adminUrl, database.secret, 'education')
  db = openDatabase({ service: 'education', url, maxConnections: 2, onError: () => {} })
  await fill()
  await migrate(database.adminUrl, database.secret, [{ service: 'education', migrations }])
})
after(async () => {
  await db.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

async function fill(): Promise<void> {
  await db.across.run(
    sql`insert into organizations (id, slug, name, is_default) values (${school}, 'north', 'North', true)`,
  )
  await db.in(school).transaction(async tx => {
    const other = randomUUID()
    for (const id of [course, other])
      await tx.run(sql`
        insert into courses (id, organization_id, slug, title, instructor_id, category, level)
        values (${id}, ${school}, ${`c-${id}`}, 'Rivers', ${randomUUID()}, 'Geography', 'beginner')`)
    await tx.run(sql`
      insert into modules (id, organization_id, course_id, title, position) values (${module}, ${school}, ${course}, 'Unit', 0)`)
    for (const id of [attached, own, inText, unused, elsewhere])
      await tx.run(sql`
        insert into files (id, organization_id, course_id, name, media_type, size, sha256, blob_key, created_by)
        values (${id}, ${school}, ${id === elsewhere ? other : course}, 'f', 'text/plain', 1, '', ${id}, ${randomUUID()})`)
    const text = (file: string) => `<p><img src="/api/v1/education/files/${file}/f"></p>`
    for (const { id, html } of [
      { id: textId, html: text(inText) + text(elsewhere) },
      { id: videoTextId, html: '<video src="/x.mp4"></video>' },
    ])
      await tx.run(sql`
        insert into documents (organization_id, collection, id, body)
        values (${school}, 'lesson_contents', ${id}, ${JSON.stringify({ html })}::jsonb)`)
    const lessons = [
      { id: page, kind: 'page', contentId: textId, fileId: null, quizId: null, attachments: [attached] },
      { id: withFile, kind: 'file', contentId: null, fileId: own, quizId: null, attachments: [] },
      { id: video, kind: 'video', contentId: videoTextId, fileId: null, quizId: null, attachments: [] },
      { id: quiz, kind: 'quiz', contentId: null, fileId: null, quizId: quiz, attachments: [] },
    ]
    for (const [at, lesson] of lessons.entries())
      await tx.run(sql`
        insert into lessons (id, organization_id, course_id, module_id, title, kind, content_id, position, file_id, quiz_id, attachment_ids)
        values (${lesson.id}, ${school}, ${course}, ${module}, ${lesson.kind}, ${lesson.kind}, ${lesson.contentId}, ${at},
          ${lesson.fileId}, ${lesson.quizId}, ${lesson.attachments}::uuid[])`)
  })
}

test('Every lesson of before stays in the sight of learners.', async () => {
  const rows = await db.in(school).rows<{ id: string }>(sql`select id from visible_lessons`)
  assert.deepEqual(rows.map(({ id }) => id).sort(), [page, withFile, video, quiz].sort())
})

test('A lesson whose text shows a film is known as one that does.', async () => {
  const rows = await db.in(school).rows<{ id: string }>(sql`select id from lessons where media`)
  assert.deepEqual(
    rows.map(({ id }) => id),
    [video],
  )
})

test('The files that a lesson shows, attaches or is are those that learners get, and only of its own course.', async () => {
  const rows = await db
    .in(school)
    .rows<{ lessonId: string; fileId: string }>(sql`select lesson_id, file_id from file_uses`)
  const pairs = rows.map(({ lessonId, fileId }) => `${lessonId} ${fileId}`)
  assert.deepEqual(pairs.sort(), [`${page} ${attached}`, `${page} ${inText}`, `${withFile} ${own}`].sort())
})

test('Assessment is told where the quizzes stand.', async () => {
  const rows = await db.across.rows<{ payload: unknown }>(
    sql`select payload from outbox where name = 'course.quizzes_placed'`,
  )
  const places = [{ quizId: quiz, lessonId: quiz, lessonTitle: 'quiz', open: true }]
  assert.deepEqual(
    rows.map(({ payload }) => payload),
    [{ courseId: course, organizationId: school, revision: 0, places }],
  )
})
