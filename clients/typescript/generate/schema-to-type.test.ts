import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { type Schema, typeOf } from './schema-to-type.ts'

const written = (schema: z.ZodType, io: 'input' | 'output' = 'input') =>
  typeOf(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema)

test('Each form of the contracts has its type.', () => {
  const forms: [z.ZodType, string][] = [
    [z.uuid(), 'string'],
    [z.number().int(), 'number'],
    [z.string().nullable(), 'string | null'],
    [z.enum(['a', 'b']), '"a" | "b"'],
    [z.literal(true), 'true'],
    [z.array(z.enum(['a', 'b'])), 'Array<"a" | "b">'],
    [z.tuple([z.string(), z.number()]), '[string, number]'],
    [z.record(z.string(), z.number()), 'Record<string, number>'],
    [z.record(z.string(), z.unknown()), 'Record<string, unknown>'],
    [z.object({ a: z.string(), 'b-c': z.boolean().optional() }), '{ a: string; "b-c"?: boolean }'],
    [z.object({}), 'Record<string, never>'],
    [z.union([z.string(), z.object({ a: z.null() })]), 'string | { a: null }'],
    [z.unknown(), 'unknown'],
    [z.never(), 'never'],
  ]
  for (const [schema, type] of forms) assert.equal(written(schema), type)
})

test('What has a default may be left out when it is sent, and is there when it comes back.', () => {
  const schema = z.object({ limit: z.coerce.number().int().default(24) })
  assert.equal(written(schema), '{ limit?: number }')
  assert.equal(written(schema, 'output'), '{ limit: number }')
})

test('A field says what it means, with a short example, and its text cannot end the comment.', () => {
  const schema = z.object({
    name: z.string().meta({ description: 'The name */ shown.', examples: ['Rivers'] }),
    place: z.object({ x: z.number() }).meta({ description: 'Where it is.', examples: [{ x: 1 }] }),
  })
  assert.equal(
    written(schema),
    '{ \n/** The name * / shown. Example: `"Rivers"` */\nname: string; \n/** Where it is. */\nplace: { x: number } }',
  )
})
