import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { none, prepare, Sql, sql } from './sql.ts'

// Literals cannot hold a `$1` of their own here, so every `$n` found is a parameter.
const literal = fc.string({ unit: fc.constantFrom(...'abc =,()\n'), maxLength: 8 })

/** Statements as code puts them together: literals around values, fragments and fragments of fragments. */
const { statement } = fc.letrec<{ statement: Sql }>(tie => ({
  statement: fc
    .array(
      fc.tuple(
        literal,
        fc.oneof({ maxDepth: 3 }, fc.integer(), fc.string(), fc.constant(none), tie('statement')),
      ),
      {
        maxLength: 4,
      },
    )
    .chain(parts =>
      literal.map(end => {
        const strings = [...parts.map(([text]) => text), end]
        return sql(
          Object.assign(strings, { raw: strings }) as unknown as TemplateStringsArray,
          ...parts.map(([, value]) => value),
        )
      }),
    ),
}))

test('However statements are put together, they have as many parameters as values, numbered in order.', () => {
  fc.assert(
    fc.property(statement, made => {
      const found = [...prepare(made).text.matchAll(/\$(\d+)/g)].map(match => Number(match[1]))
      assert.deepEqual(
        found,
        made.values.map((_, at) => at + 1),
      )
      assert.ok(made.values.every(value => !(value instanceof Sql)))
    }),
  )
})

test('Values keep their order through fragments, and no value becomes text.', () => {
  const inner = sql`b = ${'two'} and ${sql`c = ${'three'}`}`
  const made = sql`select ${'one'} where ${inner} and d = ${'four'}`
  assert.equal(prepare(made).text, 'select $1 where b = $2 and c = $3 and d = $4')
  assert.deepEqual(made.values, ['one', 'two', 'three', 'four'])
})

test('Nothing adds nothing.', () => {
  assert.equal(prepare(sql`select 1 ${none}where a = ${2}`).text, 'select 1 where a = $1')
  assert.deepEqual(prepare(none).text, '')
})

test('The same text has the same name, another text another, short enough for PostgreSQL to keep apart.', () => {
  const find = (id: number, only: Sql = none) => prepare(sql`select from courses where id = ${id} ${only}`)
  assert.equal(find(1).name, find(2).name)
  assert.notEqual(find(1).name, find(1, sql`limit 1`).name)
  assert.ok(find(1).name.length <= 63)
})
