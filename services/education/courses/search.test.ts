import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Actor } from '@azora/kit/identity.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import pg from 'pg'
import { wordsOf } from '../lessons/lesson-content.ts'
import { readUnreadWords } from '../lessons/read-words.ts'
import { updatePerson, upsertPerson } from '../people/people.store.ts'
import { browseCatalogue, browseCataloguePage, renewCatalogue } from './browse.ts'

/** What a search of the catalogue finds, on a real database. */

const school = randomUUID()
const otherSchool = randomUUID()
const teacher = randomUUID()
const visitor = { actor: null, school: null }
const actor: Actor = {
  userId: randomUUID(),
  organizationId: school,
  sessionId: randomUUID(),
  roles: ['learner'],
  authenticatedAt: 0,
}
const member = { actor, school: null }
let kit: TestKit

type Part = { status?: 'draft' | 'hidden' | 'published' }
type NewLesson = Part & { title: string; words?: string; module?: Part }

before(async () => {
  kit = await createTestKit({ name: 'education', migrations: new URL('../migrations/', import.meta.url) })
  for (const [id, slug] of [
    [school, 'north'],
    [otherSchool, 'south'],
  ]) {
    await kit.db.across.run(sql`
      insert into organizations (id, slug, name, is_default) values (${id}, ${slug}, ${slug}, ${slug === 'north'})`)
  }
  await upsertPerson(
    kit.db.in(school),
    {
      organizationId: school,
      userId: teacher,
      name: 'Thándi Mokoena',
      email: 't@example.org',
    },
    new Date().toISOString(),
  )
  await addCourse('Money matters', 'Finance', [
    { title: 'Compound interest', words: 'Banks pay interest on what you save in a café account.' },
    { title: 'Ukongiwa kwemali', words: 'Imali iyakhula uma uyibeka ebhange.' },
    { title: 'Geldsake', words: 'Rente word elke maand bygevoeg; dink aan môre.' },
    { title: 'Secret exam', words: 'zebrafish', status: 'hidden' },
    { title: 'Unfinished', words: 'quokka', status: 'draft' },
    { title: 'In a hidden module', words: 'axolotl', module: { status: 'hidden' } },
  ])
  await addCourse('Rivers of Africa', 'Geography', [
    { title: 'The source', words: 'Rain feeds the Zambezi.' },
  ])
  await addCourse('Money in draft', 'Finance', [{ title: 'Numbat', words: 'numbat' }], { status: 'draft' })
  await addCourse('Money elsewhere', 'Finance', [{ title: 'Pangolin' }], { organizationId: otherSchool })
})
after(() => kit.dispose())

async function addCourse(
  title: string,
  category: string,
  lessons: NewLesson[],
  { status = 'published', organizationId = school } = {},
): Promise<string> {
  const courseId = randomUUID()
  const db = kit.db.in(organizationId)
  await db.run(sql`
    insert into courses (id, organization_id, slug, title, instructor_id, category, level, status, published_at)
    values (${courseId}, ${organizationId}, ${`c-${courseId}`}, ${title}, ${teacher}, ${category}, 'beginner', ${status}, now())`)
  for (const [at, lesson] of lessons.entries()) {
    const moduleId = randomUUID()
    await db.run(sql`
      insert into modules (id, organization_id, course_id, title, position, status)
      values (${moduleId}, ${organizationId}, ${courseId}, 'Module', ${at}, ${lesson.module?.status ?? 'published'})`)
    await db.run(sql`
      insert into lessons (id, organization_id, course_id, module_id, title, kind, position, status, words)
      values (${randomUUID()}, ${organizationId}, ${courseId}, ${moduleId}, ${lesson.title}, 'page', ${at},
        ${lesson.status ?? 'published'}, ${lesson.words ?? ''})`)
  }
  return courseId
}

async function find(q: string, reader: typeof member | typeof visitor = member) {
  await renewCatalogue(kit.cache, school)
  const found = await browseCatalogue(kit, reader, { q, limit: 24 })
  return {
    titles: found.items.map(({ title }) => title),
    lessons: found.items.flatMap(({ foundLessons }) => foundLessons),
    suggestion: found.suggestion,
    total: found.total,
  }
}

const textOf = (parts: { text: string }[]) => parts.map(({ text }) => text).join('')
const marked = (parts: { text: string; match: boolean }[]) =>
  parts.filter(({ match }) => match).map(({ text }) => text)

test('A course is found by its title, its subject and its teacher, with and without accents.', async () => {
  assert.deepEqual((await find('money')).titles, ['Money matters'])
  assert.deepEqual((await find('geograph')).titles, ['Rivers of Africa'])
  assert.deepEqual((await find('mokoena finance')).titles, ['Money matters'])
  assert.deepEqual((await find('THANDI')).titles.toSorted(), ['Money matters', 'Rivers of Africa'])
})

test('A lesson is found by its title and its text, and shows where; a visitor sees which, not what it says.', async () => {
  const { titles, lessons } = await find('interest')
  assert.deepEqual(titles, ['Money matters'])
  assert.deepEqual(marked(lessons[0]?.title ?? []), ['interest'])
  assert.equal(textOf(lessons[0]?.title ?? []), 'Compound interest')
  assert.deepEqual(marked(lessons[0]?.snippet ?? []), ['interest'])
  assert.match(textOf(lessons[0]?.snippet ?? []), /Banks pay interest/)
  const [seen] = (await find('interest', visitor)).lessons
  assert.deepEqual([textOf(seen?.title ?? []), seen?.snippet], ['Compound interest', []])
})

test('Words of Afrikaans and isiZulu are found, with and without their accents.', async () => {
  assert.equal(textOf((await find('iyakhula')).lessons[0]?.title ?? []), 'Ukongiwa kwemali')
  assert.equal(textOf((await find('bygevoeg')).lessons[0]?.title ?? []), 'Geldsake')
  assert.deepEqual(marked((await find('more')).lessons[0]?.snippet ?? []), ['môre'])
  assert.deepEqual(marked((await find('café')).lessons[0]?.snippet ?? []), ['café'])
})

test('What is spelled wrong is found by what it is like, and the right word is suggested.', async () => {
  const mony = await find('mony')
  assert.deepEqual([mony.titles, mony.suggestion, mony.total], [['Money matters'], 'money', 1])
  const teacherMistyped = await find('mokena')
  assert.equal(teacherMistyped.suggestion, 'mokoena')
  assert.equal(teacherMistyped.total, 2)
  const lesson = await find('compund intrest')
  assert.equal(lesson.suggestion, 'compound interest')
  assert.deepEqual(marked(lesson.lessons[0]?.title ?? []), ['Compound', 'interest'])
  assert.deepEqual(await find('qqqqqqqq'), { titles: [], lessons: [], suggestion: null, total: 0 })
})

test('Nothing of a draft, a hidden part or another school is found or suggested.', async () => {
  for (const q of [
    'zebrafish',
    'quokka',
    'axolotl',
    'secret exam',
    'numbat',
    'numbatt',
    'pangolin',
    'pangolinn',
    'secrit',
  ]) {
    assert.deepEqual(await find(q), { titles: [], lessons: [], suggestion: null, total: 0 }, q)
  }
})

test('A title weighs more than a text.', async () => {
  await addCourse('Zambezi', 'Geography', [])
  assert.deepEqual((await find('zambezi')).titles, ['Zambezi', 'Rivers of Africa'])
})

test('A teacher with a new name is found by that alone.', async () => {
  const organizationId = school
  const userId = randomUUID()
  const db = kit.db.in(school)
  await upsertPerson(
    db,
    { organizationId, userId, name: 'Wilhelmina Botha', email: 'w@example.org' },
    new Date().toISOString(),
  )
  await db.run(sql`
    insert into courses (id, organization_id, slug, title, instructor_id, category, level, status, published_at)
    values (${randomUUID()}, ${school}, 'botha', 'Physics', ${userId}, 'Science', 'beginner', 'published', now())`)
  assert.deepEqual((await find('wilhelmina')).titles, ['Physics'])
  await updatePerson(
    db,
    { organizationId, userId, name: 'Sibongile Zwane', email: 'w@example.org' },
    new Date().toISOString(),
  )
  assert.deepEqual((await find('sibongile')).titles, ['Physics'])
  assert.deepEqual((await find('wilhelmina')).titles, [])
})

test('Hostile input is a search like any other.', async () => {
  for (const q of [
    "'; drop table courses; --",
    '!!! & | <->',
    ':*',
    '\\',
    '\u0000',
    'a'.repeat(200),
    '( & ) mony',
  ]) {
    assert.ok((await browseCataloguePage(kit, member, { q, limit: 24 })).items.length >= 0, q)
  }
  assert.equal((await find('%')).total, 0)
})

test('The words of a text are bounded, whole, and without markup.', () => {
  assert.equal(wordsOf('<p>A &amp; B</p><p>C&nbsp;\ue000D</p>'), 'A & B C D')
  assert.ok(wordsOf(`<p>${'word '.repeat(100_000)}</p>`).length <= 20_000)
  assert.ok(wordsOf(`${'a'.repeat(19_999)}😀`).isWellFormed())
})

test('Lessons whose words are not known yet are read from their documents.', async () => {
  const contentId = randomUUID()
  await kit.documents.put(school, 'lesson_contents', contentId, { html: '<p>Photosynthesis</p>' })
  const courseId = await addCourse('Plants', 'Science', [{ title: 'Leaves' }])
  await kit.db.in(school).run(sql`
    update lessons set words = null, content_id = ${contentId} where course_id = ${courseId}`)
  assert.equal((await find('photosynthesis')).total, 0)
  await readUnreadWords(kit)
  await readUnreadWords(kit)
  assert.deepEqual((await find('photosynthesis')).titles, ['Plants'])
})

test('A lesson whose document cannot be read keeps no other from being read.', async () => {
  const ids: string[] = []
  for (const title of ['Roots', 'Stems']) {
    const contentId = randomUUID()
    ids.push(contentId)
    await kit.documents.put(school, 'lesson_contents', contentId, { html: '<p>Xylem</p>' })
    const courseId = await addCourse(title, 'Science', [{ title }])
    await kit.db.in(school).run(sql`
      update lessons set words = null, content_id = ${contentId} where course_id = ${courseId}`)
  }
  const [bad] = await kit.db.in(school).rows<{ contentId: string }>(sql`
    select content_id from lessons where content_id = any(${ids}::uuid[]) order by id limit 1`)
  const documents: typeof kit.documents = Object.create(kit.documents, {
    get: {
      value: (...[place, kind, id]: Parameters<typeof kit.documents.get>) =>
        id === bad?.contentId
          ? Promise.reject(new Error('not this one'))
          : kit.documents.get(place, kind, id),
    },
  })
  await assert.rejects(readUnreadWords({ ...kit, documents }), {
    name: 'AggregateError',
    message: /not this one/,
  })
  assert.equal((await find('xylem')).total, 1)
  await readUnreadWords(kit)
  assert.equal((await find('xylem')).total, 2)
})

test('At size the indexes are used, for words and for likeness.', async t => {
  const db = kit.db.in(school)
  const courseId = await addCourse('Filler', 'Filler', [{ title: 'One' }])
  await db.run(sql`
    insert into courses (id, organization_id, slug, title, instructor_id, category, level, status, published_at)
    select gen_random_uuid(), ${school}, 'filler-' || n, 'Filler ' || md5(n::text), ${randomUUID()}, 'Filler', 'beginner',
      'published', now() from generate_series(1, 3000) n`)
  await db.run(sql`
    insert into lessons (id, organization_id, course_id, module_id, title, kind, position, words)
    select gen_random_uuid(), ${school}, ${courseId}, (select id from modules where course_id = ${courseId}),
      md5(n::text), 'page', n, md5((n + 9)::text) from generate_series(1, 5000) n`)
  const admin = new pg.Client({ connectionString: kit.adminUrl })
  await admin.connect()
  t.after(() => admin.end())
  await admin.query('vacuum analyze education.courses, education.lessons')
  const scans = async () => {
    const { rows } =
      await admin.query(`select indexrelname as name, idx_scan::int as scans from pg_stat_all_indexes
      where indexrelname in ('courses_search', 'courses_names', 'lessons_search', 'lessons_names') order by 1`)
    return rows.map(row => row.scans as number)
  }
  const flush = () => db.run(sql`select pg_stat_force_next_flush()`)
  await flush()
  const earlier = await scans()
  await find('interest')
  await find('intrest')
  await flush()
  const later = await scans()
  assert.equal(later.length, 4)
  for (const [at, count] of later.entries()) assert.ok(count > (earlier[at] as number), `index ${at}`)
})
