import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ofNoOneSchool } from './of-no-one-school.ts'
import { allFiles, isTest, read, sources } from './repository.ts'
import { unnamedSchools } from './school-queries.ts'
import { statementsIn } from './sql-templates.ts'

/**
 * The first wall between schools: every statement names the school of each row that it reads or writes, as a parameter
 * that it is given. Row-level security is the second, for the statement that forgets; `second-wall.test.ts` looks after
 * that one. See docs/decisions/0005.
 */

/** The tables and views of a folder's migrations that have `organization_id`. */
function schoolTables(folder: string): string[] {
  const texts = allFiles.filter(path => path.startsWith(`${folder}/migrations/`)).map(read)
  return texts.flatMap(text => [
    ...[...text.matchAll(/create table (\w+) \(([\s\S]*?)\n\);/g)]
      .filter(match => /\borganization_id\b/.test(match[2] ?? ''))
      .map(match => match[1] ?? ''),
    ...[...text.matchAll(/create (?:or replace )?view (\w+)/g)].map(match => match[1] ?? ''),
  ])
}

const serviceOf = (path: string) =>
  path
    .split('/')
    .slice(0, path.startsWith('kit/') ? 1 : 2)
    .join('/')
const tablesOf = new Map(
  ['kit', ...new Set(sources.filter(path => path.startsWith('services/')).map(serviceOf))].map(folder => [
    folder,
    new Set([...schoolTables('kit'), ...schoolTables(folder)]),
  ]),
)

const found = sources
  .filter(path => tablesOf.has(serviceOf(path)) && !isTest(path) && read(path).includes('sql`'))
  .map(path => statementsIn(path))
const statements = found.flatMap(file => file.statements)

const faults = statements.flatMap(({ path, name, readings, around }) => {
  const tables = tablesOf.get(serviceOf(path)) ?? new Set()
  return [...new Set(readings.flatMap(text => unnamedSchools(text, tables)))].map(fault => ({
    place: `${path}: ${name}`,
    fault,
    around,
  }))
})

test('Every statement names the school of the rows that it reads or writes.', () => {
  assert.ok(statements.length > 400, `only ${statements.length} statements were found`)
  assert.deepEqual(
    faults.filter(({ place }) => !ofNoOneSchool.has(place)).map(({ place, fault }) => `${place}: ${fault}`),
    [],
    'Compare its organization_id with db.organizationId, or with that of a table which is. If it is of no one school, say here why.',
  )
})

test('Every exemption is still needed, and its function takes no school’s door.', () => {
  for (const place of ofNoOneSchool.keys()) {
    const one = faults.find(fault => fault.place === place)
    assert.ok(one, `${place} names its schools, or is gone: delete it here.`)
    assert.doesNotMatch(one.around, /^[^{]*\(\s*(?:db|tx): Queryable/, `${place} takes Unscoped.`)
  }
})

test('Every piece of a statement stands in one that the rule has read.', () => {
  const used = new Set(found.flatMap(file => file.used))
  const unread = found.flatMap(file => file.pieces).filter(piece => !used.has(piece))
  assert.deepEqual(unread, [], 'Splice it into a statement by its name, so that the rule finds it.')
})

const tables = new Set(['courses', 'lessons', 'files'])
const faultsOf = (text: string) =>
  unnamedSchools(text, tables).map(fault => fault.split(' ').slice(0, 2).join(' '))

test('The rule knows a statement that names its school.', () => {
  for (const text of [
    'select id from courses where id = ‹id› and organization_id = ‹db.organizationId›',
    'select id from courses where ‹key.organizationId›::uuid = organization_id and (a or b)',
    'select 1 from courses c join lessons l on l.organization_id = c.organization_id and l.id = ‹x› where (c.organization_id = ‹organizationId› and true)',
    'select 1 from courses c left join files f on f.organization_id = c.organization_id where c.organization_id = ‹db.organizationId›',
    'select (select count(*) from lessons l where l.organization_id = c.organization_id) from courses c where c.organization_id = ‹db.organizationId›',
    'with a as (select organization_id from courses where organization_id = ‹db.organizationId›) update lessons l set x = 1 from a where l.organization_id = a.organization_id',
    'select 1 from organizations o join courses c on c.organization_id = o.id where o.id = ‹id›',
    'insert into courses (id, organization_id) values (‹id›, ‹x›) on conflict (id) do update set a = 1 where courses.organization_id = excluded.organization_id',
    'insert into courses (id, organization_id) values (‹id›, ‹x›) on conflict (organization_id, slug) do update set a = 1',
    'select extract(epoch from now()) from people where a is distinct from b',
  ])
    assert.deepEqual(faultsOf(text), [], text)
})

test('The rule sees each table that is of any school.', () => {
  const cases: [string, string[]][] = [
    ['select id from courses where id = ‹id›', ['courses is']],
    ['select id from courses where id = ‹id› and organization_id = ‹id›', ['courses is']],
    [
      "select 1 from courses where organization_id = current_setting('azora.organization_id')::uuid",
      ['courses is'],
    ],
    ['select 1 from courses where organization_id = ‹db.organizationId› or id = ‹id›', ['courses is']],
    ['select 1 from courses where (organization_id = ‹db.organizationId› or true) and x', ['courses is']],
    ['select 1 from courses where organization_id <> ‹db.organizationId›', ['courses is']],
    ['select 1 from courses where not organization_id = ‹db.organizationId›', ['courses is']],
    [
      'select 1 from courses c join lessons l on l.course_id = c.id where c.organization_id = ‹organizationId›',
      ['lessons l'],
    ],
    ['select 1 from courses c, lessons l where c.organization_id = ‹organizationId›', ['lessons l']],
    [
      'select 1 from courses c left join files f on c.organization_id = ‹organizationId› and f.organization_id = ‹organizationId›',
      ['courses c'],
    ],
    [
      'select 1 from courses where organization_id = ‹organizationId› and exists (select from lessons l where l.course_id = courses.id)',
      ['lessons l'],
    ],
    [
      'select 1 from courses c where not exists (select from lessons l where l.organization_id = ‹organizationId› and c.organization_id = l.organization_id)',
      ['courses c'],
    ],
    [
      'select 1 from courses where organization_id = ‹organizationId› union all select 1 from lessons',
      ['lessons is'],
    ],
    ['with a as (select 1 from courses) select 1 from a', ['courses is']],
    ['update courses set organization_id = ‹organizationId› where id = ‹id›', ['courses is']],
    ['delete from courses c using lessons l where c.organization_id = ‹organizationId›', ['lessons l']],
    ['insert into courses (id) values (‹id›)', ['what is']],
    ['insert into courses (organization_id) select organization_id from lessons', ['lessons is']],
    [
      'insert into courses (id, organization_id) values (‹a›, ‹b›) on conflict (id) do update set a = 1',
      ['courses gives'],
    ],
    ['select count(*) filter (where organization_id = ‹organizationId›) from courses', ['courses is']],
    ['select 1 from a right join courses c on c.organization_id = ‹organizationId›', ['a right']],
  ]
  for (const [text, expected] of cases) assert.deepEqual(faultsOf(text), expected, text)
})

test('The rule reads pieces in their place, whichever is chosen, from another file too.', () => {
  const file = (text: string) => statementsIn('services/education/courses/made-up.store.ts', text)
  const { statements: made, pieces } = file(`
    import { authorCardColumns } from './catalogue.store.ts'
    const over = from => sql\`(select 1 from \${from} l)\`
    const kinds = { a: sql\`one\`, b: sql\`two\` }
    const lost = sql\`unseen\`
    export function named(db) {
      const which = db.x ? sql\`id = \${db.id}\` : sql\`true\`
      return db.rows(sql\`select \${over(sql\`lessons\`)}, \${authorCardColumns} from courses where \${which} \${db.y ? none : sql\`and b\`} \${kinds[db.z]}\`)
    }`)
  assert.equal(made.length, 1)
  assert.equal(made[0]?.name, 'named')
  const [first = '', second = ''] = made[0]?.readings ?? []
  assert.match(
    first,
    /select \(select 1 from lessons l\),\s+c\.id, .*from courses where id = ‹db\.id› {2}one$/s,
  )
  assert.match(second, /from courses where true and b two$/)
  assert.deepEqual(pieces, ['services/education/courses/made-up.store.ts: lost'])
})
