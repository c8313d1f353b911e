import assert from 'node:assert/strict'
import { z } from 'zod'
import type { Answer } from './api.ts'

const values = z.record(z.string(), z.union([z.string(), z.number()]))
const errorShape = z.strictObject({
  defined: z.literal(true),
  code: z.string(),
  status: z.number(),
  message: z.string().min(10),
  data: z.strictObject({
    correlationId: z.string().min(8),
    fields: z
      .array(
        z.strictObject({
          path: z.string(),
          code: z.string(),
          message: z.string(),
          reason: z.string().optional(),
          values: values.optional(),
        }),
      )
      .optional(),
    retryAfterSeconds: z.number().optional(),
    detail: z.string().optional(),
    reason: z.string().optional(),
    values: values.optional(),
  }),
})

/** The answer is a refusal of ours, of the one shape that all have. */
export function refused(answer: Answer, status: number, code: string) {
  assert.equal(answer.status, status, answer.text)
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/)
  const body = errorShape.parse(answer.body)
  assert.deepEqual([body.code, body.status], [code, status])
  assert.equal(body.data.correlationId, answer.headers.get('x-correlation-id'))
  assert.doesNotMatch(answer.text, /node_modules|\.ts\b|select |postgres/i, 'the answer shows our insides')
  return body
}
