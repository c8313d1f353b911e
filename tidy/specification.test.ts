import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allFiles, exists, read } from './repository.ts'

/** docs/specification.md promises where each feature lives and what proves it; here the promise is held. */

type Row = { line: number; section: string; feature: string; where: string; proof: string; status: string }

const header = /^\|\s*Feature\s*\|\s*Where it lives\s*\|\s*Test that proves it\s*\|\s*Status\s*\|$/

function rowsOf(text: string): Row[] {
  let section = ''
  let within = false
  return text.split('\n').flatMap((line, at) => {
    const title = /^## (.+)$/.exec(line)?.[1]
    if (title) section = title
    if (!line.startsWith('|')) {
      within = false
      return []
    }
    const isHeader = header.test(line)
    if (isHeader) within = true
    if (isHeader || /^\|[-| :]+\|$/.test(line) || !within) return []
    const [feature = '', where = '', proof = '', status = '', ...more] = line
      .slice(1, -1)
      .split('|')
      .map(cell => cell.trim())
    assert.equal(more.length, 0, `docs/specification.md:${at + 1} has more than four cells.`)
    return [{ line: at + 1, section, feature, where, proof, status }]
  })
}

const rows = rowsOf(read('docs/specification.md'))
const pathsIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(match => match[1] ?? '')
const isThere = (path: string) => exists(path.replace(/\/$/, ''))
const proves = (path: string) =>
  /\.test\.tsx?$/.test(path) ||
  ['test/run.ts', 'test/conformance.ts', 'bench/run.ts', '.ci/run'].includes(path)

test('Each row names a feature, once in its section, with one of the three states.', () => {
  assert.ok(rows.length > 150, `${rows.length} rows`)
  const seen = new Set<string>()
  for (const { line, section, feature, status } of rows) {
    assert.ok(feature, `docs/specification.md:${line} names no feature.`)
    assert.ok(
      ['done', 'partial', 'not yet'].includes(status),
      `docs/specification.md:${line}: "${status}" is no state.`,
    )
    assert.ok(!seen.has(`${section}/${feature}`), `docs/specification.md:${line}: ${feature} stands twice.`)
    seen.add(`${section}/${feature}`)
  }
})

test('What is done or partly done is where the row says, and a test that is there proves it.', () => {
  for (const { line, feature, where, proof, status } of rows) {
    if (status === 'not yet') continue
    const at = `docs/specification.md:${line} (${feature})`
    assert.ok(pathsIn(where).length > 0, `${at} says nowhere where it lives.`)
    // What is partial may admit with a dash that nothing proves it yet.
    assert.ok(
      pathsIn(proof).length > 0 || (status === 'partial' && proof === '—'),
      `${at} names no test; without one it is not done.`,
    )
    for (const path of [...pathsIn(where), ...pathsIn(proof)])
      assert.ok(isThere(path), `${at}: there is no ${path}.`)
    for (const path of pathsIn(proof)) assert.ok(proves(path), `${at}: ${path} is no test.`)
  }
})

test('The sum at the top is right.', () => {
  const count = (status: string) => rows.filter(row => row.status === status).length
  const sum = `Of ${rows.length} rows, ${count('done')} are done, ${count('partial')} partial and ${count('not yet')} not yet.`
  assert.ok(read('docs/specification.md').includes(sum), `It should read: ${sum}`)
})

test('What is not yet there points at nothing.', () => {
  for (const { line, where, proof, status } of rows) {
    if (status !== 'not yet') continue
    assert.deepEqual(
      [...pathsIn(where), ...pathsIn(proof)],
      [],
      `docs/specification.md:${line} has something: say partial, or take it out.`,
    )
  }
})

/** The specification's tables with the columns it names; where ours has another name, both. */
const tables: [service: string, table: string, columns: string[]][] = [
  ['auth', 'users', ['id', 'email', 'password_hash', 'mfa_enabled', 'roles', 'created_at', 'updated_at']],
  ['auth', 'sessions', ['id', 'user_id', 'token', 'expires_at', 'created_at']],
  [
    'education',
    'courses',
    ['id', 'title', 'description', 'instructor_id', 'category', 'level', 'created_at', 'updated_at'],
  ],
  ['education', 'lessons', ['id', 'course_id', 'title', 'content_id', 'position', 'duration_minutes']],
  [
    'education',
    'enrollments',
    ['id', 'user_id', 'course_id', 'progress_percent', 'completed_at', 'enrolled_at'],
  ],
  [
    'assessment',
    'quizzes',
    ['id', 'course_id', 'title', 'passing_score', 'time_limit_minutes', 'created_at'],
  ],
  ['assessment', 'questions', ['id', 'quiz_id', 'type', 'content', 'options', 'correct_answer', 'points']],
  [
    'assessment',
    'submissions',
    ['id', 'quiz_id', 'user_id', 'answers', 'score', 'submitted_at', 'graded_at'],
  ],
]

test('The tables of the specification have its columns.', () => {
  for (const [service, table, columns] of tables) {
    const migrations = allFiles
      .filter(path => path.startsWith(`services/${service}/migrations/`))
      .map(read)
      .join('\n')
    const body = new RegExp(`create table ${table} \\(\\n([\\s\\S]*?)\\n\\);`).exec(migrations)?.[1] ?? ''
    const there = new Set([...body.matchAll(/^ {2}(\w+) /gm)].map(match => match[1]))
    for (const column of columns) assert.ok(there.has(column), `${service}.${table} has no column ${column}.`)
  }
})
