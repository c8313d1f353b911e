import type { FieldReason } from '@azora/contracts/errors.ts'
import express, { type Request, type Response } from 'express'
import { AppError, invalidField } from './errors.ts'

/**
 * Reads the JSON bodies of requests, and refuses before parsing what would cost more than it says: a megabyte of
 * text is read in a few milliseconds, but a megabyte of brackets or of names takes a third of a second.
 */

/** The API's deepest input nests seven levels. */
const maxDepth = 40
/** A quiz of 500 questions with 20 answers each holds 50,000 values. */
const maxValues = 60_000
/** Of one object; the API's widest has two dozen. */
const maxNames = 2000

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a

/**
 * Counts without parsing, in one pass over the bytes, which need not be valid JSON.
 * @throws AppError `invalid_input` for what no operation takes
 */
export function checkShape(text: Uint8Array): void {
  // How many names the object at each depth has had; a list has none.
  const names = new Int32Array(maxDepth + 1)
  let depth = 0
  let values = 0
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case quote:
        at = endOfString(text, at + 1)
        break
      case 0x5b: // [
      case 0x7b: // {
        depth += 1
        if (depth > maxDepth) refuse('body_too_deep', maxDepth)
        names[depth] = 0
        values += 1
        break
      case 0x5d: // ]
      case 0x7d: // }
        depth = Math.max(0, depth - 1)
        break
      case comma:
        values += 1
        break
      case colon:
        names[depth] = (names[depth] ?? 0) + 1
        if ((names[depth] ?? 0) > maxNames) refuse('body_too_many_names', maxNames)
        break
    }
    if (values > maxValues) refuse('body_too_many_values', maxValues)
  }
}

/** The place of the quote that ends a text, or the end of all. */
function endOfString(text: Uint8Array, from: number): number {
  let at = from
  while (at < text.length && text[at] !== quote) at += text[at] === backslash ? 2 : 1
  return at
}

function refuse(reason: FieldReason, most: number): never {
  throw invalidField('', reason, { code: 'too_big', values: { most } })
}

const escaped = new WeakSet<object>()

const readJson = express.json({
  limit: '1mb',
  strict: true,
  verify(req, _res, text) {
    checkShape(text)
    if (text.includes('\\u')) escaped.add(req)
  },
})

const unstorableText = /\0|\p{Surrogate}/u

/**
 * PostgreSQL stores neither U+0000 nor half a surrogate pair, and into a JSON text only an escape can bring one;
 * so the few bodies with escapes are looked through here, and no store meets such a text.
 * @throws AppError `invalid_input` naming the field.
 */
function checkStorable(body: unknown): void {
  const waiting: { path: string; value: unknown }[] = [{ path: '', value: body }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { path, value } = next
    if (typeof value === 'string' && unstorableText.test(value)) {
      throw invalidField(path, 'invalid_character')
    }
    if (typeof value !== 'object' || value === null) continue
    for (const [name, inner] of Object.entries(value)) {
      const at = path === '' ? name : `${path}.${name}`
      waiting.push({ path: at, value: inner }, { path, value: name })
    }
  }
}

/** Read a JSON body into `req.body`. @throws AppError `invalid_input`, `payload_too_large`. */
export function readBody(req: Request, res: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    readJson(req, res, (failure?: unknown) => {
      if (!failure) {
        try {
          if (escaped.has(req)) checkStorable(req.body)
          return resolve()
        } catch (unfit) {
          return reject(unfit)
        }
      }
      if (failure instanceof AppError) return reject(failure)
      const { type } = failure as { type?: string }
      if (type === 'entity.too.large') return reject(new AppError('payload_too_large'))
      if (type === 'request.aborted') return reject(new AppError('invalid_input'))
      reject(invalidField('', 'invalid_json'))
    })
  })
}
