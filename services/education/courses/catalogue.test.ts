import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { browseCatalogue, browseCataloguePage, renewCatalogue } from './browse.ts'

/** The catalogue as the first and the second version of the API answer it. */

const school = randomUUID()
const visitor = { actor: null, school: null }
let kit: TestKit

before(async () => {
  kit = await createTestKit({ name: 'education', migrations: new URL('../migrations/', import.meta.url) })
  await kit.db.across.run(sql`
    insert into organizations (id, slug, name, is_default) values (${school}, 'north', 'North', true)`)
  for (const [at, category] of ['Science', 'Science', 'Trade'].entries()) await addCourse(at, category)
})
after(() => kit.dispose())

async function addCourse(at: number, category: string): Promise<void> {
  await kit.db.in(school).run(sql`
    insert into courses (id, organization_id, slug, title, instructor_id, category, level, status, published_at)
    values (${randomUUID()}, ${school}, ${`course-${at}`}, ${`Course ${at}`}, ${randomUUID()}, ${category}, 'beginner',
      'published', now() - ${at} * interval '1 minute')`)
}

test('Both versions answer the same courses in the same order; the second counts nothing beside them.', async () => {
  const search = { limit: 2 }
  const first = await browseCatalogue(kit, visitor, search)
  const second = await browseCataloguePage(kit, visitor, search)
  assert.deepEqual(second, { items: first.items, nextCursor: first.nextCursor, suggestion: null })
  assert.deepEqual([first.total, first.categories], [3, ['Science', 'Trade']])
  const rest = await browseCataloguePage(kit, visitor, {
    ...search,
    cursor: second.nextCursor ?? '',
  })
  assert.deepEqual(
    [...second.items, ...rest.items].map(({ slug }) => slug),
    ['course-0', 'course-1', 'course-2'],
  )
  assert.equal(rest.nextCursor, null)
})

test('A course that is added is in both at once when the catalogue is renewed.', async () => {
  await addCourse(9, 'Trade')
  await renewCatalogue(kit.cache, school)
  assert.equal((await browseCatalogue(kit, visitor, { limit: 24 })).items.length, 4)
  assert.equal((await browseCataloguePage(kit, visitor, { limit: 24 })).items.length, 4)
})
