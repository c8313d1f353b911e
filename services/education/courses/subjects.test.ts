import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'

const [north, south] = [randomUUID(), randomUUID()]
let kit: TestKit

before(async () => {
  kit = await createTestKit({ name: 'education', migrations: new URL('../migrations/', import.meta.url) })
  for (const [id, slug] of [
    [north, 'north'],
    [south, 'south'],
  ])
    await kit.db.across.run(sql`
      insert into organizations (id, slug, name, is_default) values (${id}, ${slug}, ${slug}, ${slug === 'north'})`)
})
after(() => kit.dispose())

/** Adds a course of a subject, and tells the subject that it then has. */
async function addCourse(school: string, category: string): Promise<string> {
  const id = randomUUID()
  await kit.db.in(school).run(sql`
    insert into courses (id, organization_id, slug, title, instructor_id, category, level)
    values (${id}, ${school}, ${`course-${id}`}, 'A course', ${randomUUID()}, ${category}, 'beginner')`)
  return subjectOf(school, id)
}

async function subjectOf(school: string, id: string): Promise<string> {
  const [row] = await kit.db
    .in(school)
    .rows<{ category: string }>(sql`select category from courses where id = ${id}`)
  return row?.category ?? ''
}

test('A subject that is typed in another case or with other spaces is the one the school has.', async () => {
  assert.equal(await addCourse(north, 'Life  Sciences '), 'Life Sciences')
  for (const typed of ['life sciences', ' LIFE\tSCIENCES', 'Ｌife Sciences'])
    assert.equal(await addCourse(north, typed), 'Life Sciences', typed)
  assert.equal(await addCourse(north, 'École'), 'École')
  assert.equal(await addCourse(north, 'éCOLE'), 'École')
  assert.equal(await addCourse(north, 'Life Science'), 'Life Science')
})

test('Each school has its own spelling, and a changed course keeps to it too.', async () => {
  assert.equal(await addCourse(south, 'life sciences'), 'life sciences')
  const id = randomUUID()
  await kit.db.in(south).run(sql`
    insert into courses (id, organization_id, slug, title, instructor_id, category, level)
    values (${id}, ${south}, 'changed', 'A course', ${randomUUID()}, 'Trade', 'beginner')`)
  await kit.db.in(south).run(sql`update courses set category = 'LIFE SCIENCES' where id = ${id}`)
  assert.equal(await subjectOf(south, id), 'life sciences')
})

test('Courses that bring one new subject at once agree on a spelling.', async () => {
  const spellings = ['Robotics', 'robotics', 'ROBOTICS', ' Robotics ', 'roboTICS', 'Robotics']
  const taken = await Promise.all(spellings.map(spelling => addCourse(north, spelling)))
  assert.equal(new Set(taken).size, 1, taken.join(', '))
})
