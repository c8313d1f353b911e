import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bounds, sampleOf, withoutNull } from './schema.ts'

test('null is taken out of a union and told apart', () => {
  assert.deepEqual(withoutNull({ anyOf: [{ type: 'string' }, { type: 'null' }] }), {
    schema: { type: 'string' },
    nullable: true,
  })
  assert.deepEqual(withoutNull({ type: ['integer', 'null'] }), {
    schema: { type: ['integer'] },
    nullable: true,
  })
  assert.equal(withoutNull({ type: 'string' }).nullable, false)
})

test('the limits of the number format itself are not shown as limits', () => {
  assert.deepEqual(bounds({ minimum: -9007199254740991, maximum: 9007199254740991 }), {
    from: undefined,
    to: undefined,
  })
  assert.deepEqual(bounds({ minimum: 0, maximum: 100 }), { from: 0, to: 100 })
})

test('an example names what is required', () => {
  const schema = {
    type: 'object',
    properties: {
      email: { type: 'string', format: 'email' },
      level: { enum: ['beginner', 'advanced'] },
      tags: { type: 'array', items: { type: 'string' }, minItems: 2 },
      note: { type: 'string' },
    },
    required: ['email', 'level', 'tags'],
  }
  assert.deepEqual(sampleOf(schema), {
    email: 'learner@school.example',
    level: 'beginner',
    tags: ['text', 'text'],
  })
})
