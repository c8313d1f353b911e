import { z } from 'zod'
import { choices, items, pairs } from './pairs.ts'
import type { QuestionType } from './question-type.ts'

/** Each item has one choice that belongs to it. A choice may belong to several items, or to none. */

export const matchingBody = z.object({ items, choices, pairs })

const open = z.object({ items, choices })

export const matching = {
  name: 'matching',
  body: matchingBody,
  open,
} as const satisfies QuestionType<'matching', typeof matchingBody, typeof open>
