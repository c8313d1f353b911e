import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exists, isTest, read } from './repository.ts'

/** docs/security/asvs.md says how we stand on OWASP ASVS 5.0.0; here its numbers and proofs are held. */

const document = 'docs/security/asvs.md'
const overview = 'docs/security/in-place.md'

/**
 * The level of each requirement of 5.0.0, by section and in order: `'1.5': '123'` is 1.5.1 of level 1, 1.5.2 of
 * level 2 and 1.5.3 of level 3.
 */
// biome-ignore format: a chapter a line
const levels: Record<string, string> = {
  '1.1': '22', '1.2': '1111122223', '1.3': '112222222223', '1.4': '222', '1.5': '123',
  '2.1': '122', '2.2': '112', '2.3': '12223', '2.4': '23',
  '3.1': '3', '3.2': '113', '3.3': '12223', '3.4': '11222233', '3.5': '11122333', '3.6': '3', '3.7': '22333',
  '4.1': '12233', '4.2': '23333', '4.3': '22', '4.4': '1222',
  '5.1': '2', '5.2': '112333', '5.3': '113', '5.4': '222',
  '6.1': '122', '6.2': '111111112222', '6.3': '11223333', '6.4': '112233', '6.5': '22222333', '6.6': '2223', '6.7': '33', '6.8': '2222',
  '7.1': '222', '7.2': '1111', '7.3': '22', '7.4': '11222', '7.5': '223', '7.6': '22',
  '8.1': '1233', '8.2': '1123', '8.3': '133', '8.4': '23',
  '9.1': '111', '9.2': '1222',
  '10.1': '22', '10.2': '223', '10.3': '22223', '10.4': '1111122222233333', '10.5': '22222', '10.6': '22', '10.7': '222',
  '11.1': '2233', '11.2': '22233', '11.3': '11233', '11.4': '1222', '11.5': '23', '11.6': '23', '11.7': '33',
  '12.1': '12233', '12.2': '11', '12.3': '22223',
  '13.1': '2333', '13.2': '222223', '13.3': '2233', '13.4': '1222233',
  '14.1': '22', '14.2': '12223333', '14.3': '122',
  '15.1': '12233', '15.2': '12233', '15.3': '1222222', '15.4': '3333',
  '16.1': '2', '16.2': '22222', '16.3': '2222', '16.4': '222', '16.5': '2223',
  '17.1': '23', '17.2': '22223333', '17.3': '22',
}

/** Sections that ask for documentation, which a document proves. */
const documentation = new Set([2, 3, 5, 6, 7, 8, 11, 13, 14, 15, 16].map(chapter => `${chapter}.1`))

const statuses = ['done', 'partial', 'not yet', 'does not apply']

const cells = (line: string) =>
  line
    .slice(1, -1)
    .split('|')
    .map(cell => cell.trim())

const text = read(document)

const rows = text.split('\n').flatMap((line, at) => {
  if (!/^\| \d+\.\d+\.\d+ +\|/.test(line)) return []
  const [number = '', level = '', requirement = '', status = '', proof = '', ...more] = cells(line)
  const place = `${document}:${at + 1} (${number})`
  assert.equal(more.length, 0, `${place} has more than five cells.`)
  return [{ place, number, level, requirement, status, proof }]
})

const sectionOf = (number: string) => number.replace(/\.\d+$/, '')

// In backticks stand paths, and words of ours and of protocols; a path is what has a folder or an ending.
const pathsIn = (cell: string) =>
  [...cell.matchAll(/`([^`]+)`/g)]
    .map(match => match[1] ?? '')
    .filter(word => /^[\w.-]+(?:\/[\w.-]+)+$|\.(?:tsx?|md|json)$/.test(word))

test('Each requirement of levels 1 and 2 has one row, in order and with its level, and none of level 3 has.', () => {
  const wanted = Object.entries(levels).flatMap(([section, each]) =>
    [...each].map((level, at) => `${section}.${at + 1} of level ${level}`),
  )
  assert.equal(wanted.length, 345)
  assert.deepEqual(
    rows.map(({ number, level }) => `${number} of level ${level}`),
    wanted.filter(requirement => !requirement.endsWith('of level 3')),
  )
})

test('Each row says what is asked for, how we stand on it, and why.', () => {
  for (const { place, requirement, status, proof } of rows) {
    assert.ok(requirement, `${place} does not say what is asked for.`)
    assert.ok(statuses.includes(status), `${place}: "${status}" is none of ${statuses.join(', ')}.`)
    assert.ok(proof, `${place} has neither a proof nor a reason.`)
  }
})

test('Every path that a row names is there.', () => {
  for (const { place, proof } of rows) {
    for (const path of pathsIn(proof)) assert.ok(exists(path), `${place}: there is no ${path}.`)
  }
})

test('A test that a row names by its words is in one of the files of the row; an ellipsis stands for any words.', () => {
  for (const { place, proof } of rows) {
    const files = pathsIn(proof)
      .filter(isTest)
      .map(path => read(path).replaceAll('\\u2019', '’'))
    for (const [, name = ''] of proof.matchAll(/"([^"]+)"/g)) {
      const parts = name.split('…').map(part => part.trim())
      const isThere = (file: string) => parts.every(part => file.includes(part))
      assert.ok(files.some(isThere), `${place}: no test of its files is called "${name}".`)
    }
  }
})

test('What is done is proved by a test; documentation, by a document.', () => {
  for (const { place, number, status, proof } of rows) {
    if (status !== 'done') continue
    const proves = (path: string) =>
      isTest(path) || path === 'test/run.ts' || (documentation.has(sectionOf(number)) && path.endsWith('.md'))
    assert.ok(pathsIn(proof).some(proves), `${place} names no proof; say partial, and what lacks.`)
  }
})

test('A row stands in the section of its number.', () => {
  let section = ''
  for (const line of text.split('\n')) {
    section = /^### V(\d+\.\d+) /.exec(line)?.[1] ?? section
    const number = /^\| (\d+\.\d+\.\d+) +\|/.exec(line)?.[1]
    if (number) assert.equal(sectionOf(number), section, `${number} stands in V${section}.`)
  }
})

test('The counts at the top are right, and so are those in the overview.', () => {
  const count = (status: string, level?: string) =>
    rows.filter(row => (status === 'all' || row.status === status) && (!level || row.level === level)).length
  for (const status of [...statuses, 'all']) {
    const line = `| ${status} | ${count(status, '1')} | ${count(status, '2')} | ${count(status)} |`
    // The columns of a table may be aligned.
    const lines = text.split('\n').map(found => found.replace(/ +/g, ' '))
    assert.ok(lines.includes(line), `The line should read: ${line}`)
  }
  const [done, partial, notYet, doesNotApply] = statuses.map(status => count(status))
  const sum = `Of ${rows.length} requirements, ${done} are done, ${partial} partial, ${notYet} not yet, and ${doesNotApply} do not apply`
  assert.ok(read(overview).includes(sum), `${overview} should say: ${sum}`)
})
